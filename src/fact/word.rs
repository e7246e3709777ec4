//! The words that facts and open items are said in: each is SQL for the views, and worked out here on a row that this
//! process has in its hands. Both say the same; what is absent is absent in both.

use std::str::FromStr;

use chrono::NaiveDate;
use sea_orm::{DbBackend, DbErr, EntityTrait, ModelTrait, Value as Cell};
use uuid::Uuid;

/// A value of a row. Columns are named with what the leg calls their table, `b.bill_date`.
pub(super) enum Value {
    Of(&'static str),
    Number(i64),
    Text(&'static str),
    /// Nothing, as PostgreSQL's type.
    Nothing(&'static str),
    /// The first that is not absent.
    First(&'static [Value]),
    If(Test, &'static Value, &'static Value),
    /// The days from one day to another.
    Days(&'static str, &'static str),
}

/// What may be true of a row; nothing that compares an absent value is.
pub(super) enum Test {
    True(&'static str),
    Absent(&'static str),
    Present(&'static str),
    /// A text that is one of these.
    In(&'static str, &'static [&'static str]),
    /// A text that is none of these.
    NotIn(&'static str, &'static [&'static str]),
    AboveZero(&'static str),
    BelowZero(&'static str),
    /// One day before another.
    Before(&'static str, &'static str),
    All(&'static [Test]),
}

pub(super) const ZERO: Value = Value::Number(0);
pub(super) const ONE: Value = Value::Number(1);

/// 1 where something is true, else 0.
pub(super) const fn one_if(test: Test) -> Value {
    Value::If(test, &ONE, &ZERO)
}

impl Value {
    pub(super) fn sql(&self, backend: DbBackend) -> String {
        match self {
            Self::Of(column) => (*column).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("'{text}'"),
            Self::Nothing(kind) if backend == DbBackend::Postgres => format!("null::{kind}"),
            Self::Nothing(_) => "null".to_owned(),
            Self::First(values) => {
                let values: Vec<_> = values.iter().map(|value| value.sql(backend)).collect();
                format!("coalesce({})", values.join(", "))
            }
            Self::If(test, yes, no) => {
                format!("case when {} then {} else {} end", test.sql(), yes.sql(backend), no.sql(backend))
            }
            Self::Days(from, to) if backend == DbBackend::Postgres => format!("({to} - {from})"),
            Self::Days(from, to) => format!("cast(julianday({to}) - julianday({from}) as integer)"),
        }
    }

    pub(super) fn worth(&self, row: &Row<'_>) -> Result<Worth, DbErr> {
        Ok(match self {
            Self::Of(column) => row.worth(column)?,
            Self::Number(number) => Worth::Number(*number),
            Self::Text(text) => Worth::Text((*text).to_owned()),
            Self::Nothing(_) => Worth::Nothing,
            Self::First(values) => {
                for value in *values {
                    let worth = value.worth(row)?;
                    if worth != Worth::Nothing {
                        return Ok(worth);
                    }
                }
                Worth::Nothing
            }
            Self::If(test, yes, no) => if test.holds(row)? { yes } else { no }.worth(row)?,
            Self::Days(from, to) => match (row.worth(from)?, row.worth(to)?) {
                (Worth::Day(from), Worth::Day(to)) => Worth::Number((to - from).num_days()),
                _ => Worth::Nothing,
            },
        })
    }
}

impl Test {
    pub(super) fn sql(&self) -> String {
        let list = |texts: &[&str]| texts.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(", ");
        match self {
            Self::True(column) => (*column).to_owned(),
            Self::Absent(column) => format!("{column} is null"),
            Self::Present(column) => format!("{column} is not null"),
            Self::In(column, [text]) => format!("{column} = '{text}'"),
            Self::In(column, texts) => format!("{column} in ({})", list(texts)),
            Self::NotIn(column, texts) => format!("{column} not in ({})", list(texts)),
            Self::AboveZero(column) => format!("{column} > 0"),
            Self::BelowZero(column) => format!("{column} < 0"),
            Self::Before(one, other) => format!("{one} < {other}"),
            Self::All(tests) => tests.iter().map(Self::sql).collect::<Vec<_>>().join(" and "),
        }
    }

    pub(super) fn holds(&self, row: &Row<'_>) -> Result<bool, DbErr> {
        Ok(match self {
            Self::True(column) => row.worth(column)? == Worth::Truth(true),
            Self::Absent(column) => row.worth(column)? == Worth::Nothing,
            Self::Present(column) => row.worth(column)? != Worth::Nothing,
            Self::In(column, texts) => {
                matches!(row.worth(column)?, Worth::Text(text) if texts.contains(&text.as_str()))
            }
            Self::NotIn(column, texts) => {
                matches!(row.worth(column)?, Worth::Text(text) if !texts.contains(&text.as_str()))
            }
            Self::AboveZero(column) => matches!(row.worth(column)?, Worth::Number(number) if number > 0),
            Self::BelowZero(column) => matches!(row.worth(column)?, Worth::Number(number) if number < 0),
            Self::Before(one, other) => match (row.worth(one)?, row.worth(other)?) {
                (Worth::Day(one), Worth::Day(other)) => one < other,
                _ => false,
            },
            Self::All(tests) => {
                for test in *tests {
                    if !test.holds(row)? {
                        return Ok(false);
                    }
                }
                true
            }
        })
    }
}

/// What a value is on a row.
#[derive(Debug, PartialEq)]
pub(super) enum Worth {
    Nothing,
    Number(i64),
    Text(String),
    Day(NaiveDate),
    Id(Uuid),
    Truth(bool),
    /// There, and of a kind that is neither added up nor compared.
    Other,
}

impl From<Cell> for Worth {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::SmallInt(Some(number)) => Self::Number(number.into()),
            Cell::Int(Some(number)) => Self::Number(number.into()),
            Cell::BigInt(Some(number)) => Self::Number(number),
            Cell::String(Some(text)) => Self::Text(text),
            Cell::ChronoDate(Some(day)) => Self::Day(day),
            Cell::Uuid(Some(id)) => Self::Id(id),
            Cell::Bool(Some(truth)) => Self::Truth(truth),
            cell if cell == cell.as_null() => Self::Nothing,
            _ => Self::Other,
        }
    }
}

/// What a row has in the column of a name.
type Cells<'a> = dyn Fn(&str) -> Option<Cell> + 'a;

/// A row by the names of its columns.
pub(super) struct Row<'a>(Box<Cells<'a>>);

impl<'a> Row<'a> {
    pub(super) fn of<E: EntityTrait>(row: &'a E::Model) -> Self {
        Self(Box::new(move |name| E::Column::from_str(name).ok().map(|column| row.get(column))))
    }

    /// # Errors
    /// When there is no such column.
    fn worth(&self, column: &str) -> Result<Worth, DbErr> {
        let name = column.split_once('.').map_or(column, |(_, name)| name);
        (self.0)(name).map(Worth::from).ok_or_else(|| DbErr::Type(format!("no column {column} for a figure")))
    }

    pub(super) fn number(&self, value: &Value) -> Result<i64, DbErr> {
        match value.worth(self)? {
            Worth::Number(number) => Ok(number),
            other => Err(unfit(value, &other)),
        }
    }

    pub(super) fn day(&self, value: &Value) -> Result<NaiveDate, DbErr> {
        match value.worth(self)? {
            Worth::Day(day) => Ok(day),
            other => Err(unfit(value, &other)),
        }
    }

    pub(super) fn text(&self, value: &Value) -> Result<String, DbErr> {
        self.text_if(value)?.ok_or_else(|| unfit(value, &Worth::Nothing))
    }

    pub(super) fn text_if(&self, value: &Value) -> Result<Option<String>, DbErr> {
        match value.worth(self)? {
            Worth::Text(text) => Ok(Some(text)),
            Worth::Nothing => Ok(None),
            other => Err(unfit(value, &other)),
        }
    }

    pub(super) fn id(&self, value: &Value) -> Result<Uuid, DbErr> {
        self.id_if(value)?.ok_or_else(|| unfit(value, &Worth::Nothing))
    }

    pub(super) fn id_if(&self, value: &Value) -> Result<Option<Uuid>, DbErr> {
        match value.worth(self)? {
            Worth::Id(id) => Ok(Some(id)),
            Worth::Nothing => Ok(None),
            other => Err(unfit(value, &other)),
        }
    }
}

/// Words that make no figure: a mistake in a leg, met by the first row it is worked out on.
fn unfit(value: &Value, worth: &Worth) -> DbErr {
    DbErr::Type(format!("{} is {worth:?} and no figure", value.sql(DbBackend::Postgres)))
}
