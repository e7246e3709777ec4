//! Whether the variables of a request fit the operation (GraphQL specification, section 6.1.2): before anything is carried
//! out, and told without repeating their values, which may be personal.

use async_graphql::Variables;
use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use async_graphql::registry::{MetaInputValue, MetaType, MetaTypeName, Registry};
use async_graphql_value::ConstValue;

use super::refusal::Refusal;

/// # Errors
/// `GRAPHQL_VALIDATION_FAILED` for the first that does not fit.
pub(super) fn check(
    registry: &Registry,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<(), Refusal> {
    for definition in &operation.variable_definitions {
        let (name, declared) = (&definition.node.name.node, &definition.node.var_type.node);
        let path = format!("${name}");
        match variables.get(name) {
            Some(value) => value_fits(registry, declared, value, &path)?,
            None if declared.nullable || definition.node.default_value.is_some() => {}
            None => return Err(unfit(&path, &declared.to_string())),
        }
    }
    Ok(())
}

fn value_fits(registry: &Registry, declared: &Type, value: &ConstValue, path: &str) -> Result<(), Refusal> {
    match (value, &declared.base) {
        (ConstValue::Null, _) if declared.nullable => Ok(()),
        (ConstValue::Null, _) => Err(unfit(path, &declared.to_string())),
        (ConstValue::List(items), BaseType::List(of)) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(at, item)| value_fits(registry, of, item, &format!("{path}.{at}")))
        }
        // One value stands for a list of one.
        (value, BaseType::List(of)) => value_fits(registry, of, value, path),
        (value, BaseType::Named(name)) => named_fits(registry, name, value, path),
    }
}

fn named_fits(registry: &Registry, name: &str, value: &ConstValue, path: &str) -> Result<(), Refusal> {
    let fits = match registry.types.get(name) {
        Some(MetaType::InputObject { input_fields, oneof, .. }) => {
            let ConstValue::Object(fields) = value else { return Err(unfit(path, name)) };
            if *oneof && (fields.len() != 1 || fields.values().any(|value| *value == ConstValue::Null)) {
                let message = format!("The variable {path} must have exactly one field.");
                return Err(Refusal::new("GRAPHQL_VALIDATION_FAILED", message));
            }
            if let Some(unknown) = fields.keys().find(|field| !input_fields.contains_key(field.as_str())) {
                let message = format!("The variable {path} has a field {:?} that {name} does not have.", clip(unknown));
                return Err(Refusal::new("GRAPHQL_VALIDATION_FAILED", message));
            }
            for (field, meta) in input_fields {
                let path = format!("{path}.{field}");
                match fields.get(field.as_str()) {
                    Some(value) => input_fits(registry, &meta.ty, value, &path)?,
                    None if is_required(meta) => return Err(unfit(&path, &meta.ty)),
                    None => {}
                }
            }
            true
        }
        Some(MetaType::Enum { enum_values, .. }) => match value {
            ConstValue::Enum(value) => enum_values.contains_key(value.as_str()),
            ConstValue::String(value) => enum_values.contains_key(value.as_str()),
            _ => false,
        },
        Some(MetaType::Scalar { is_valid: Some(is_valid), .. }) => is_valid(value),
        // Validation refuses what is no input.
        _ => true,
    };
    if fits { Ok(()) } else { Err(unfit(path, name)) }
}

/// A value of a type as the registry writes it.
fn input_fits(registry: &Registry, declared: &str, value: &ConstValue, path: &str) -> Result<(), Refusal> {
    match MetaTypeName::create(declared) {
        MetaTypeName::NonNull(_) if *value == ConstValue::Null => Err(unfit(path, declared)),
        MetaTypeName::NonNull(of) => input_fits(registry, of, value, path),
        _ if *value == ConstValue::Null => Ok(()),
        MetaTypeName::List(of) => match value {
            ConstValue::List(items) => {
                let mut items = items.iter().enumerate();
                items.try_for_each(|(at, item)| input_fits(registry, of, item, &format!("{path}.{at}")))
            }
            value => input_fits(registry, of, value, path),
        },
        MetaTypeName::Named(name) => named_fits(registry, name, value, path),
    }
}

fn is_required(meta: &MetaInputValue) -> bool {
    meta.default_value.is_none() && MetaTypeName::create(&meta.ty).is_non_null()
}

fn unfit(path: &str, declared: &str) -> Refusal {
    Refusal::new("GRAPHQL_VALIDATION_FAILED", format!("The variable {path} must be of the type {declared}."))
}

/// Enough of a name to find it.
fn clip(name: &str) -> String {
    name.chars().take(40).collect()
}
