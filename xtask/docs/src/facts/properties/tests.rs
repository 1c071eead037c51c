use super::displaced;

#[test]
fn the_one_that_moved_is_named() {
    let wanted = ["a", "b", "c", "d"];
    assert!(displaced(&wanted, &wanted).is_empty());
    assert_eq!(displaced(&["d", "a", "b", "c"], &wanted), ["d"]);
    assert_eq!(displaced(&["a", "c", "d", "b"], &wanted), ["b"]);
    assert_eq!(displaced(&["b", "a", "c", "d"], &wanted).len(), 1);
}
