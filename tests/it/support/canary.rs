//! Canaries: every text that the tests' group keeps names whose it is, e.g. `⟦colombo-ev/BR01⟧`; an answer that holds one
//! from out of reach has leaked, wherever in it that is.
#![expect(clippy::disallowed_methods, reason = "canaries are planted from outside every scope")]

use entity::tenant::{self, Owned};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use super::catalogue::{self, Table};
use super::sealed;

/// How a column takes its canary.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Behind a space.
    Word,
    /// The same, and where there was no text before.
    Note,
    /// Without a space: the text is one word.
    Glued,
    /// As [`Form::Word`], in search form.
    KeyWord,
    /// As [`Form::Glued`], in search form.
    KeyGlued,
}

/// Texts that take a canary.
const PLANTED: [(&str, &str, Form); 65] = [
    ("audit_event", "summary", Form::Note),
    ("bike_model", "name", Form::Word),
    ("bike_model", "name_key", Form::KeyWord),
    ("bike_unit", "chassis_key", Form::KeyGlued),
    ("bike_unit", "chassis_number", Form::Glued),
    ("bike_unit", "colour", Form::Word),
    ("bike_unit", "deleted_reason", Form::Word),
    ("bike_unit", "motor_key", Form::KeyGlued),
    ("bike_unit", "motor_number", Form::Glued),
    ("bike_unit", "notes", Form::Note),
    ("bill", "cancelled_reason", Form::Word),
    ("bill", "chassis_key", Form::KeyGlued),
    ("bill", "chassis_number", Form::Glued),
    ("bill", "customer_name", Form::Word),
    ("bill", "model_name", Form::Word),
    ("bill", "motor_key", Form::KeyGlued),
    ("bill", "motor_number", Form::Glued),
    ("bill", "proforma_number", Form::Word),
    ("bill", "purchaser_tin", Form::Glued),
    ("bill", "supplier_tin", Form::Glued),
    ("branch", "name", Form::Word),
    ("branding", "address_line1", Form::Word),
    ("branding", "address_line2", Form::Word),
    ("branding", "brand_partner", Form::Word),
    ("branding", "dealer_name", Form::Word),
    ("branding", "email", Form::Glued),
    ("branding", "footer_note", Form::Word),
    ("branding", "logo_url", Form::Glued),
    ("branding", "phone", Form::Glued),
    ("credit_note", "reason", Form::Word),
    ("customer", "name", Form::Word),
    ("customer", "name_key", Form::KeyWord),
    ("dealership", "name", Form::Word),
    ("document", "number", Form::Word),
    ("enquiry", "lost_reason", Form::Word),
    ("enquiry", "name", Form::Word),
    ("enquiry", "notes", Form::Note),
    ("finance_company", "address", Form::Note),
    ("finance_company", "contact", Form::Note),
    ("finance_company", "name", Form::Word),
    ("finance_company", "name_key", Form::KeyWord),
    ("job", "error_message", Form::Note),
    ("job", "result", Form::Note),
    ("legacy_document", "legacy_id", Form::Glued),
    ("mail_template", "body", Form::Note),
    ("mail_template", "subject", Form::Note),
    ("membership", "name", Form::Word),
    ("partner_key", "name", Form::Word),
    ("partner_key", "revoked_reason", Form::Word),
    ("payment", "reference", Form::Note),
    ("quotation", "claim_number", Form::Glued),
    ("quotation", "customer_name", Form::Word),
    ("quotation", "insurance_company", Form::Word),
    ("quotation", "registration_number", Form::Glued),
    ("quotation", "remarks", Form::Note),
    ("quotation_item", "description", Form::Word),
    ("rmv_case", "registration_number", Form::Glued),
    ("sales_quotation", "customer_name", Form::Word),
    ("sales_quotation", "model_name", Form::Word),
    ("sales_quotation", "proforma_number", Form::Word),
    ("sales_quotation", "remarks", Form::Note),
    ("stock_transfer", "chassis_number", Form::Glued),
    ("stock_transfer", "model_name", Form::Word),
    ("stock_transfer", "notes", Form::Note),
    ("tax_profile", "tin", Form::Glued),
];

/// Texts with a form of their own: codes, kinds and numbers by which documents are known. Ids tell whose these are.
const PLAIN: [&str; 55] = [
    "action",
    "answer",
    "basis",
    "bill_number",
    "code",
    "collection",
    "credit_number",
    "currency",
    "day",
    "digest",
    "dimension",
    "document",
    "error_code",
    "file",
    "fingerprint",
    "key_digest",
    "key_hash",
    "key_id",
    "kind",
    "last_four",
    "last_used_network",
    // Begins with its dealership.
    "logo_key",
    "measure",
    "method",
    "month",
    "networks",
    "number_key",
    "operation",
    "other_branch_code",
    "pattern",
    "payload",
    // Digests, by which equal numbers are found.
    "nic_index",
    "origin",
    "period",
    "phone_index",
    "primary_color",
    "provider",
    "quotation_number",
    "role",
    "sale_type",
    "scopes",
    "side",
    "since",
    "source",
    "state",
    "status",
    "target_type",
    // Canaries are words of their own there.
    "term",
    "time_zone",
    "trace_id",
    "unique_key",
    "valid_from",
    "valid_to",
    "valid_until",
    "vehicle_class",
];

/// The columns of a tenant table with texts, in clear or sealed, that neither take a canary nor are exempt from it.
pub(crate) fn undecided(name: &str, table: &Table) -> Vec<String> {
    // SQLite keeps ids as bytes, and PostgreSQL does not.
    let has_text = |kind: &str| ["text", "bytea"].contains(&kind);
    let texts = table.columns.iter().filter(|(_, kind)| has_text(kind)).map(|(column, _)| column.as_str());
    let undecided = texts.filter(|column| {
        let planted = PLANTED.iter().any(|(table, planted, _)| table == &name && planted == column);
        // SQLite keeps times and days as text.
        let is_time = ["_at", "_on", "_date"].iter().any(|end| column.ends_with(end));
        !planted && !is_time && !PLAIN.contains(column) && !sealed::PLANTED.contains(&(name, column))
    });
    undecided.map(|column| format!("{name}.{column}")).collect()
}

/// Plants a canary into every text of a filled database, and rows where the group has none.
pub(crate) async fn plant(url: &str) {
    let database = catalogue::connect(url).await;
    let postgres = database.get_database_backend() == DbBackend::Postgres;
    let (id, bytes) = if postgres { ("gen_random_uuid()", "'\\x00'::bytea") } else { ("randomblob(16)", "x'00'") };
    // An id that tells whose the row is, the same in every home: the owner's with another end.
    let derived = |id: &str, end: &str| match postgres {
        true => format!("overlay({id}::text placing '{end}' from 33)::uuid"),
        false => format!("cast(substr({id}, 1, 14) || x'{end}' as blob)"),
    };
    let (profile, pattern) = (derived("id", "fa01"), derived("id", "fa02"));
    let (new_key, old_key, of_old_key) =
        (derived("id", "fa03"), derived("id", "fa04"), derived("dealership_id", "fa04"));
    let (of_job, of_whole, of_other) = (derived("id", "fa05"), derived("id", "fa06"), derived("id", "fa07"));
    let company = "select f.id from finance_company f where f.dealership_id = dealership.id order by f.name limit 1";
    let admin =
        "select m.id from membership m where m.dealership_id = dealership.id and m.role = 'DEALER_ADMIN' limit 1";
    let mut sql = vec![
        format!(
            "insert into audit_event (dealership_id, id, branch_id, occurred_at, action, summary, source, created_at)
             select dealership_id, {id}, id, created_at, 'OPENED', '', 'LIVE', created_at from branch"
        ),
        format!(
            "insert into legacy_document (dealership_id, id, collection, legacy_id, digest, document, imported_at)
             select id, {id}, 'bills', code, {bytes}, {bytes}, created_at from dealership"
        ),
        format!(
            "insert into customer_term (dealership_id, id, branch_id, customer_id, term)
             select dealership_id, {id}, branch_id, id, lower({}) from customer",
            mark("customer.dealership_id", Some("customer.branch_id")),
        ),
        // Rules of a time that no test takes place in.
        format!(
            "insert into tax_profile (dealership_id, id, tin, vat_bp, sscl_bp, valid_from, created_at)
             select id, {profile}, '100', 0, 0, '2099-01-01', created_at from dealership"
        ),
        format!(
            "insert into number_pattern (dealership_id, id, document, pattern, valid_from, created_at)
             select id, {pattern}, 'BILL', '{{YY}}_{{BRANCH}}_{{N}}', '2099-01-01', created_at from dealership"
        ),
        // Of a kind that the tests' dealerships write no letters of, but for those about letters.
        format!(
            "insert into mail_template (dealership_id, id, kind, created_at)
             select id, {id}, 'RESET', created_at from dealership"
        ),
        format!(
            "insert into peer_measure (dealership_id, id, measure, opened_at, closed_at)
             select id, {id}, 'DAYS_TO_SELL', created_at, created_at from dealership"
        ),
        format!(
            "insert into partner_key (dealership_id, id, finance_company_id, name, key_id, key_hash, last_four, scopes,
             networks, of_branches, expires_at, created_by_id, created_at)
             select id, {new_key}, ({company}), 'New portal', 'NobodysNew00', {bytes}, '0000', 'bill_status:read', '',
             false, created_at, ({admin}), created_at from dealership"
        ),
        format!(
            "insert into partner_key (dealership_id, id, finance_company_id, name, key_id, key_hash, last_four, scopes,
             networks, of_branches, expires_at, created_by_id, created_at, last_used_network, revoked_at, revoked_by_id,
             revoked_reason, successor_id)
             select id, {old_key}, ({company}), 'Old portal', 'NobodysOld00', {bytes}, '0000', 'bill_status:read',
             '192.0.2.0/24', true, created_at, ({admin}), created_at, '192.0.2.0/24', created_at, ({admin}), 'Lost',
             {new_key} from dealership"
        ),
        format!(
            "insert into partner_key_branch (dealership_id, id, partner_key_id, branch_id)
             select dealership_id, {id}, {of_old_key}, id from branch"
        ),
        format!(
            "insert into job (dealership_id, id, branch_id, kind, payload, is_once, priority, state, attempts,
             most_attempts, beat, is_cancelling, step, error_code, error_message, created_at, ended_at)
             select dealership_id, {of_job}, id, 'none', '{{}}', false, 1, 'FAILED', 1, 1, 0, false, 0, 'NONE', '', created_at,
             created_at from branch"
        ),
        format!(
            "insert into job (dealership_id, id, branch_id, kind, payload, is_once, priority, state, attempts,
             most_attempts, beat, is_cancelling, step, created_at, ended_at)
             select dealership_id, {of_other}, id, 'none', '{{}}', false, 1, 'CANCELLED', 0, 1, 0, false, 0, created_at,
             created_at from branch"
        ),
        format!(
            "insert into job (dealership_id, id, kind, payload, asked_by_id, is_once, priority, state, attempts,
             most_attempts, beat, is_cancelling, step, result, created_at, ended_at)
             select id, {of_whole}, 'none', '{{}}', ({admin}), false, 1, 'DONE', 1, 1, 0, false, 0, '', created_at, created_at
             from dealership"
        ),
        format!(
            "insert into idempotency (dealership_id, id, user_id, operation, key_digest, fingerprint, answer, created_at)
             select id, {id}, (select m.user_id from membership m where m.dealership_id = dealership.id limit 1),
             'none', {bytes}, {bytes}, '', created_at from dealership"
        ),
    ];
    // Of rows that have an original yet to be made: none of these is the row's own.
    let text = |id: &str| match postgres {
        true => format!("{id}::text"),
        false => {
            let hex = |from, length| format!("substr(lower(hex({id})), {from}, {length})");
            [hex(1, 8), hex(9, 4), hex(13, 4), hex(17, 4), hex(21, 12)].join(" || '-' || ")
        }
    };
    let own_admin = admin.replace("dealership.id", "of_row.dealership_id");
    for (table, column, number, kind, end) in [
        ("bill", "bill_id", "bill_number", "INVOICE", "fa08"),
        ("credit_note", "credit_note_id", "credit_number", "CREDIT_NOTE", "fa09"),
        ("quotation", "quotation_id", "quotation_number", "CLAIM_QUOTATION", "fa0a"),
        ("sales_quotation", "sales_quotation_id", "quotation_number", "SALES_QUOTATION", "fa0b"),
    ] {
        let id = derived("of_row.id", end);
        let file = format!("{} || '/bills/2026/' || {} || '-1.pdf'", text("of_row.dealership_id"), text(&id));
        sql.push(format!(
            "insert into document (dealership_id, id, branch_id, kind, number, issued_on, total_minor, currency, subject_id,
             {column}, template_version, is_copy, shows_cost, file, bytes, created_by_id, created_at)
             select dealership_id, {id}, branch_id, '{kind}', {number}, '2026-09-01', 1, currency, {id}, id, 1, true, false,
             {file}, 1, ({own_admin}), created_at from {table} of_row"
        ));
    }
    let archive = derived("id", "fa0c");
    let file = format!("{} || '/exports/2026/' || {} || '-1.zip'", text("id"), text(&archive));
    sql.push(format!(
        "insert into document (dealership_id, id, kind, number, issued_on, currency, subject_id, job_id, template_version,
         is_copy, shows_cost, file, bytes, created_by_id, created_at)
         select id, {archive}, 'ARCHIVE', code, '2026-09-01', currency, {archive}, {of_whole}, 1, false, false, {file}, 1,
         ({admin}), created_at from dealership"
    ));
    for owned in tenant::owned() {
        let columns = PLANTED.iter().filter(|(table, ..)| *table == owned.table);
        let sets: Vec<_> = columns.map(|(_, column, form)| set(&owned, column, *form)).collect();
        if !sets.is_empty() {
            sql.push(format!("update {} set {}", owned.table, sets.join(", ")));
        }
    }
    // Of whoever works in one dealership alone, the name is that dealership's.
    sql.push(format!(
        "update user_account set name = name || ' ' || {} where group_role is null and
         (select count(distinct m.dealership_id) from membership m where m.user_id = user_account.id) = 1",
        mark("(select min(m.dealership_id{text}) from membership m where m.user_id = user_account.id)", None)
            .replace("{text}", if postgres { "::text" } else { "" })
            .replace("d.id =", if postgres { "d.id::text =" } else { "d.id =" }),
    ));
    run(&database, &sql).await;
    database.close().await.expect("a connection closes");
}

fn set(owned: &Owned, column: &str, form: Form) -> String {
    // A branding may be one branch's, although its dealership owns the row; an audit event as well.
    let branch = owned.branch.or(matches!(owned.table, "branding" | "audit_event").then_some("branch_id"));
    let table = owned.table;
    let mark =
        mark(&format!("{table}.{}", owned.dealership), branch.map(|branch| format!("{table}.{branch}")).as_deref());
    let text = match form {
        Form::Word => format!("{column} || ' ' || {mark}"),
        Form::Note => format!("coalesce({column}, '') || ' ' || {mark}"),
        Form::Glued => format!("{column} || {mark}"),
        Form::KeyWord => format!("{column} || ' ' || lower({mark})"),
        Form::KeyGlued => format!("{column} || lower({mark})"),
    };
    format!("{column} = {text}")
}

/// SQL for the canary of a place: the dealership's and, where a branch is given and not null, the branch's.
fn mark(dealership: &str, branch: Option<&str>) -> String {
    let branch = branch.map_or_else(String::new, |branch| {
        let code = format!("select '/' || b.code from branch b where b.dealership_id = d.id and b.id = {branch}");
        format!(" || coalesce(({code}), '')")
    });
    format!("(select '⟦' || d.code{branch} || '⟧' from dealership d where d.id = {dealership})")
}

async fn run(database: &DatabaseConnection, statements: &[String]) {
    for sql in statements {
        database.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

/// The places named by canaries in a text, e.g. `colombo-ev/BR01`.
pub(crate) fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('⟦').skip(1).filter_map(|rest| rest.split_once('⟧')).map(|(place, _)| place)
}

/// A text without its canaries.
pub(crate) fn without(text: &str) -> String {
    let mut parts = text.split('⟦');
    let first = parts.next().unwrap_or_default();
    let rest = parts.filter_map(|part| part.split_once('⟧')).map(|(_, rest)| rest);
    std::iter::once(first).chain(rest).collect::<String>().trim().to_owned()
}
