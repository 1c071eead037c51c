//! Tables that fit the terminal, and are complete in a pipe.

use comfy_table::{ContentArrangement, Table, presets};

/// Lines of columns, without anything around them; cells wrap where the width is limited.
pub(crate) fn lines(header: Vec<String>, rows: impl Iterator<Item = Vec<String>>, width: Option<u16>) -> Vec<String> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match width {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table.set_header(header);
    table.add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}
