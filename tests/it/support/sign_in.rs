//! Signing in as people do, with a second factor where the role asks for one.

use forecourt::app::App;
use forecourt::auth::{self, Session, SignIn, Visitor, Workplace};
use secrecy::{ExposeSecret, SecretString};

/// Signs somebody in; `secret` is that of their authenticator app. Whose role asks for one and who has none enrols one.
pub(crate) async fn sign_in(app: &App, email: &str, password: &str, secret: Option<&str>) -> Session {
    let code = secret.map(|secret| auth::one_time_code(secret, app.now()).expect("a code"));
    let input = SignIn {
        email: email.to_owned(),
        password: SecretString::from(password),
        code: code.map(SecretString::from),
        workplace: Workplace::default(),
        visitor: Visitor::default(),
    };
    let session = auth::sign_in(app, input).await.expect("signs in");
    match session.scope.require_assurance() {
        Ok(()) => session,
        Err(_) => enrol(app, session).await,
    }
}

async fn enrol(app: &App, session: Session) -> Session {
    let enrolment = auth::start_second_factor(app, &session.scope).await.expect("an enrolment");
    let code = auth::one_time_code(enrolment.secret.expose_secret(), app.now()).expect("a code");
    let confirmed = auth::confirm_second_factor(app, &session.scope, &SecretString::from(code)).await;
    Session { refresh_token: session.refresh_token, ..confirmed.expect("a right code").session }
}
