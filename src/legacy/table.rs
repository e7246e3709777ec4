//! The report as people read it.

use std::fmt::Write;

use comfy_table::{CellAlignment, Table, presets};

use super::report::{Report, decimal};

/// Rejects that people are shown; the file has the others.
const MAX_SHOWN: usize = 50;

impl Report {
    /// The report as tables of text: outcomes, sums, repairs by kind, rejects.
    pub fn table(&self) -> String {
        let mut text = self.outcomes().to_string();
        for (heading, table) in [
            ("Totals", self.sums()),
            ("Repairs", self.repairs()),
            ("Rejected; the documents themselves are in the file of rejects", self.refused()),
        ] {
            if table.row_count() > 0 {
                text.push_str(&format!("\n\n{heading}\n{table}"));
            }
        }
        self.remarks(&mut text);
        // Tables pad their lines.
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    fn outcomes(&self) -> Table {
        let mut table = table(&["collection", "read", "imported", "already there", "repaired", "rejected"], 1..6);
        for (collection, counts) in &self.collections {
            let figures = [counts.read, counts.imported, counts.already_there, counts.repaired, counts.rejected];
            table.add_row([collection.name().to_owned()].into_iter().chain(figures.map(|count| count.to_string())));
        }
        table
    }

    fn sums(&self) -> Table {
        let mut table = table(&["Σ totalAmount", "", "read", "imported", "already there", "rejected"], 2..6);
        for (collection, sums) in &self.totals {
            let figures = [sums.read, sums.imported, sums.already_there, sums.rejected].map(decimal);
            table.add_row([collection.name().to_owned(), sums.currency.clone()].into_iter().chain(figures));
        }
        table
    }

    fn repairs(&self) -> Table {
        let mut table = table(&["collection", "field", "what was done", "why", "times"], 4..5);
        for ((collection, repair), times) in &self.repairs_by_kind {
            table.add_row([collection.name(), repair.field, repair.what, repair.why, &times.to_string()]);
        }
        table
    }

    fn refused(&self) -> Table {
        let mut table = table(&["where", "why"], 0..0);
        for rejected in self.rejects.iter().take(MAX_SHOWN) {
            table.add_row([format!("{}:{}", rejected.file, rejected.line), rejected.why.clone()]);
        }
        table
    }

    fn remarks(&self, text: &mut String) {
        let more = self.rejects.len().saturating_sub(MAX_SHOWN) as u64 + self.omitted.rejects;
        let mut remark = |sentence: String| {
            writeln!(text, "\n\n{sentence}").expect("a text takes everything");
        };
        if more > 0 {
            remark(format!("{more} more were rejected."));
        }
        if self.omitted.repairs > 0 {
            remark(format!("{} more repairs are counted but not listed in the report.", self.omitted.repairs));
        }
        if let Some(path) = &self.rejects_file {
            remark(format!("Rejected documents: {} (personal data: delete it when done).", path.display()));
        }
        if !self.ignored_files.is_empty() {
            remark(format!("Not looked at: {}.", self.ignored_files.join(", ")));
        }
    }
}

fn table(header: &[&str], figures: std::ops::Range<usize>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header.iter().copied());
    for column in figures {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
