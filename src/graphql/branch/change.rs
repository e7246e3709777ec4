//! Opening and closing branches.

use async_graphql::{Context, ID, InputObject, Object};

use super::super::change::{named, payload};
use super::super::context::cx;
use super::super::global_id::Tag;
use super::Branch;
use crate::error::Result;
use crate::service::branch::{CloseBranch, CreateBranch, ReopenBranch, UpdateBranch};
use crate::store::load::Key;

/// A branch to open.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateBranchInput {
    /// Fresh for each branch, 8 to 64 characters: the same request twice opens one.
    idempotency_key: String,
    /// Unit code in document serials, 2 to 6 capital letters and digits, unique in the dealership, e.g. `BR01`.
    code: String,
    /// Name; 80 characters at most.
    name: String,
}

/// A branch as it is to be known from now on.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateBranchInput {
    /// Which.
    branch: ID,
    /// Unit code; as it is, once a document was numbered with it.
    code: String,
    /// Name; 80 characters at most.
    name: String,
}

/// A branch to close.
#[derive(InputObject)]
pub(in crate::graphql) struct CloseBranchInput {
    /// Which.
    branch: ID,
}

/// A closed branch to open again.
#[derive(InputObject)]
pub(in crate::graphql) struct ReopenBranchInput {
    /// Which.
    branch: ID,
}

payload! {
    /// What became of a branch.
    BranchPayload {
        /// The branch; null when it was refused.
        branch: Branch
    }
}

impl CreateBranchInput {
    fn resolve(self) -> CreateBranch {
        let Self { idempotency_key: _, code, name } = self;
        CreateBranch { code, name }
    }
}

impl UpdateBranchInput {
    fn resolve(self) -> Result<UpdateBranch> {
        let Self { branch, code, name } = self;
        Ok(UpdateBranch { branch: the_branch(&branch)?, code, name })
    }
}

fn the_branch(id: &ID) -> Result<Key> {
    named(Tag::Branch, "branch", id)
}

#[derive(Default)]
pub(in crate::graphql) struct BranchMutation;

#[Object]
impl BranchMutation {
    /// Opens a branch.
    async fn create_branch(&self, ctx: &Context<'_>, input: CreateBranchInput) -> async_graphql::Result<BranchPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(BranchPayload::of(cx, cx.change(Ok(input.resolve()), Some(&key)).await?).await?)
    }

    /// Renames a branch.
    async fn update_branch(&self, ctx: &Context<'_>, input: UpdateBranchInput) -> async_graphql::Result<BranchPayload> {
        let cx = cx(ctx);
        Ok(BranchPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Closes a branch that has no unit for sale, no open advance and no transfer on its way: it makes no document and
    /// takes no stock in any more. What it wrote stays readable.
    async fn close_branch(&self, ctx: &Context<'_>, input: CloseBranchInput) -> async_graphql::Result<BranchPayload> {
        let cx = cx(ctx);
        let change = the_branch(&input.branch).map(|branch| CloseBranch { branch });
        Ok(BranchPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Opens a closed branch again.
    async fn reopen_branch(&self, ctx: &Context<'_>, input: ReopenBranchInput) -> async_graphql::Result<BranchPayload> {
        let cx = cx(ctx);
        let change = the_branch(&input.branch).map(|branch| ReopenBranch { branch });
        Ok(BranchPayload::of(cx, cx.change(change, None).await?).await?)
    }
}
