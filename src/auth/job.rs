//! What a job may: what its asker still holds, in the place it was asked for.

use entity::job;

use super::grant::{self, Grant};
use super::{memberships, person};
use crate::app::App;
use crate::error::{Error, Result};
use crate::queue::INSTALLATION;
use crate::scope::Scope;

/// The installation's reason, where nobody in particular asked.
const REASON: &str = "a job of the installation's own";

/// The scope of a job that is about to be done: of the person who asked for it, if they still hold the role with which they
/// asked; else of the installation. Within the place that it was asked for, in either case.
///
/// # Errors
/// `FORBIDDEN` when the asker lost the role, or their account.
pub async fn job_scope(app: &App, job: &job::Model) -> Result<Scope> {
    let (dealership, branch) = (job.dealership_id, job.branch_id);
    let Some((user, role)) = job.user_id.zip(job.role) else {
        let scope = Scope::system(REASON);
        return match (dealership, branch) {
            (INSTALLATION, _) => Ok(scope),
            (dealership, None) => scope.within(dealership),
            (dealership, Some(branch)) => scope.at(dealership, branch),
        };
    };
    let tx = app.read(Scope::system("whose job it is")).await?;
    let person = person::find_person(&tx, user).await?.ok_or(Error::Forbidden)?;
    let claimed = Grant { role, did: Some(dealership), bid: branch };
    let memberships = memberships(&tx, person.id).await?;
    let holding = grant::prove(&person, &memberships, &claimed).ok_or(Error::Forbidden)?;
    Ok(Scope::of_job(user, role, holding))
}
