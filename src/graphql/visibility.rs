//! What introspection shows to whom: of what `permission::Permission` opens, each role sees its own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::pin::Pin;

use async_graphql::registry::{MetaType, MetaTypeName, Registry};
use async_graphql::{Context, Response, SubscriptionType};
use futures_util::Stream;

use super::context::Cx;
use crate::permission::Permission;

/// The root whose types are registered last: with them, places behind a permission are hidden from whoever does not have it.
#[derive(Default)]
pub(super) struct Shown<T>(T);

impl<T: SubscriptionType> SubscriptionType for Shown<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        for (permission, may) in Permission::ALL.into_iter().zip(MAY) {
            permission.opens().iter().for_each(|place| hide(registry, place, may));
        }
        hide_ways(registry);
        name
    }

    fn create_field_stream<'a>(
        &'a self,
        ctx: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        self.0.create_field_stream(ctx)
    }
}

type Visible = fn(&Context<'_>) -> bool;

/// Whether whoever asks has the permission at `AT` of [`Permission::ALL`]. The registry takes functions that know nothing of
/// the place they are for, so each permission has its own.
fn may<const AT: usize>(ctx: &Context<'_>) -> bool {
    let role = ctx.data_opt::<Cx>().and_then(|cx| cx.holder().ok()?.role());
    role.is_some_and(|role| Permission::ALL[AT].granted_to(role))
}

macro_rules! each {
    ($($at:literal)*) => { [$(may::<$at>),*] };
}

const MAY: [Visible; Permission::ALL.len()] = each!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24);

/// `place` is a type or, behind a dot, one of its fields.
fn hide(registry: &mut Registry, place: &str, may: Visible) {
    let (name, field) = place.split_once('.').map_or((place, None), |(name, field)| (name, Some(field)));
    let Some(MetaType::Object { fields, visible, .. }) = registry.types.get_mut(name) else { return };
    match field.map(|field| fields.get_mut(field)) {
        None => *visible = Some(may),
        Some(Some(field)) => field.visible = Some(may),
        Some(None) => {}
    }
}

/// Hides the fields that lead to a hidden type.
fn hide_ways(registry: &mut Registry) {
    let hidden = |of: &MetaType| match of {
        MetaType::Object { name, visible: Some(visible), .. } => Some((name.clone(), *visible)),
        _ => None,
    };
    let hidden: HashMap<_, _> = registry.types.values().filter_map(hidden).collect();
    for of in registry.types.values_mut() {
        let MetaType::Object { fields, .. } = of else { continue };
        for field in fields.values_mut().filter(|field| field.visible.is_none()) {
            field.visible = hidden.get(MetaTypeName::concrete_typename(&field.ty)).copied();
        }
    }
}
