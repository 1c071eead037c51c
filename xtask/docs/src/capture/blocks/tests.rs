use super::*;

fn shown(blocks: Vec<Block>) -> Vec<(BlockKind, String)> {
    blocks.into_iter().map(|block| (block.kind, block.text)).collect()
}

#[test]
fn a_browser_and_markdown_give_the_same_blocks() {
    let copied = "How it moves\n\nNotes:\n\n  • At most 5 s\n  • Not with seed\n\nValue\tMeaning\nsoft\tgentle\n";
    let lines = copied.lines().enumerate().map(|(at, line)| (at + 1, line.trim_start_matches(' ')));
    let markdown = "How it\nmoves\n\n**Notes:**\n- At most `5` s\n- Not with [seed](https://a.b)\n\n\
                    | Value | Meaning |\n|---|---|\n| soft | *gentle* |\n";
    assert_eq!(shown(of_lines(lines)), shown(of_markdown(markdown)));
}

#[test]
fn breaks_and_tags_end_a_block() {
    let texts: Vec<String> =
        of_markdown("One<br/>two\\\nthree\n\n<Note>four</Note>\n\n> five\n\n```\nsix\nseven\n```\n")
            .into_iter()
            .map(|block| block.text)
            .collect();
    assert_eq!(texts, ["One", "two", "three", "four", "five", "six", "seven"]);
}

#[test]
fn blocks_know_their_lines() {
    let file = "a:\n  description: |-\n    One\n    two\n\n    - `three`\n    - four\n  b: 1\n";
    let lines: Vec<&str> = file.lines().collect();
    let blocks = of_description("One\ntwo\n\n- `three`\n- four", 2, &lines);
    assert_eq!(blocks.iter().map(|block| block.line).collect::<Vec<_>>(), [3, 6, 7]);
}
