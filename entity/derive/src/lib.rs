//! How a row is read by the place of its columns.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Index, Type, parse_macro_input};

/// Derives `entity::positioned::Positioned` for a model: its fields are the table's columns, in their order.
#[proc_macro_derive(Positioned)]
pub fn positioned(input: TokenStream) -> TokenStream {
    let DeriveInput { ident, data, .. } = parse_macro_input!(input);
    let fields = match data {
        Data::Struct(data) => data.fields,
        Data::Enum(_) | Data::Union(_) => Fields::Unit,
    };
    let values = fields.iter().enumerate().map(|(place, field)| {
        let (name, place) = (&field.ident, Index::from(place));
        match is_optional(&field.ty) {
            true => quote!(#name: crate::positioned::optional(row, first + #place)?),
            false => quote!(#name: row.try_get_by_index(first + #place)?),
        }
    });
    quote! {
        impl crate::positioned::Positioned for #ident {
            fn at(row: &sea_orm::QueryResult, first: usize) -> Result<Self, sea_orm::DbErr> {
                Ok(Self { #(#values),* })
            }
        }
    }
    .into()
}

fn is_optional(kind: &Type) -> bool {
    matches!(kind, Type::Path(kind) if kind.path.segments.last().is_some_and(|name| name.ident == "Option"))
}
