//! Questions about the account.

use foxapi_mock::{Answer, Mock};
use serde_json::json;

use super::{RETRIES, check_secret, client, prints, word};

#[tokio::test]
async fn credits_are_kept_as_they_come_and_give_their_numbers() {
    let mock = Mock::start().expect("a port");
    let said = json!({"data": {"balance": 12.5, "used": "3.25", "user": "Ann", "token": [{"left": 7}], "none": null}});
    mock.answer("GET /v1/account/credits", Answer::json(200, &said));
    let credits = client(&mock.url()).credits().await.expect("credits");
    assert_eq!(credits.as_value(), &said);
    assert_eq!(credits.number("/data/used"), Some(3.25));
    assert_eq!((credits.number("/data/user"), credits.number("/other")), (None, None));
    let numbers = [("/data/balance", 12.5), ("/data/token/0/left", 7.0), ("/data/used", 3.25)];
    assert_eq!(credits.numbers(), numbers.map(|(place, number)| (place.to_owned(), number)));
}

#[tokio::test]
async fn the_models_of_a_key_are_listed_with_what_else_is_said() {
    let mock = Mock::start().expect("a port");
    let data = json!([
        {"id": "veo-3.1[4k]", "owned_by": "google", "supported_endpoint_types": ["video"], "price": 3},
        {"id": "gpt-9"},
    ]);
    mock.answer("GET /v1/models", Answer::json(200, json!({"object": "list", "data": data})));
    let models = client(&mock.url()).key_models().await.expect("models");
    assert_eq!(models.iter().map(|model| model.id.as_str()).collect::<Vec<_>>(), ["veo-3.1[4k]", "gpt-9"]);
    assert_eq!((models[0].owned_by.as_deref(), &models[0].extra["price"]), (Some("google"), &json!(3)));
}

/// Rows: what the server does, what the caller gets, and how often the server was asked.
#[tokio::test]
async fn questions_about_the_account_are_asked_again_after_what_may_pass() {
    let table = [
        ("500", Answer::refusal(500, "server_error", "no"), "refused 500", RETRIES + 1),
        ("429", Answer::refusal(429, "rate_limit_error", "no"), "refused 429", RETRIES + 1),
        ("hung up", Answer::hang_up(), "no answer", RETRIES + 1),
        ("a page", Answer::new(200, "text/html", "<html>hello</html>"), "unreadable 200", RETRIES + 1),
        ("401", Answer::refusal(401, "authentication_error", "no"), "refused 401", 1),
        ("a refusal as a success", Answer::refusal(200, "server_error", "no"), "refused 200", 1),
        ("another shape", Answer::json(200, r#"{"data": 5}"#), "unreadable 200", 1),
        ("a redirect", Answer::json(302, "").header("Location", "http://127.0.0.2/"), "unreadable 302", 1),
    ];
    for (name, answer, gets, asked) in table {
        let mock = Mock::start().expect("a port");
        mock.answer("GET /v1/", answer);
        let error = client(&mock.url()).key_models().await.expect_err(name);
        assert_eq!((word(&error).as_str(), mock.seen().len()), (gets, asked), "{name}");
        assert!(!error.may_have_been_accepted(), "{name}");
        check_secret(&prints(&error));
    }
}
