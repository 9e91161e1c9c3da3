//! What was measured, beside what is wanted: the table and the file.

use std::fmt::Write as _;

use serde::Serialize;

/// One measured thing.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// Which workload it belongs to.
    pub(crate) workload: String,
    /// What was measured.
    pub(crate) what: String,
    /// The figures, as they are shown.
    pub(crate) measured: String,
    /// The figure that is compared with the target.
    pub(crate) value: f64,
    /// The most it may be; `None` = for information.
    pub(crate) target: Option<f64>,
    /// Unit of `value` and `target`.
    pub(crate) unit: &'static str,
}

impl Line {
    pub(crate) fn new(workload: &str, what: &str, value: f64, unit: &'static str) -> Self {
        Self {
            workload: workload.to_owned(),
            what: what.to_owned(),
            measured: format!("{} {unit}", crate::stats::short(value)),
            value,
            target: None,
            unit,
        }
    }

    /// What could not be measured here, and why.
    pub(crate) fn skipped(workload: &str, what: &str, reason: &str) -> Self {
        Self::new(workload, what, f64::NAN, "").shown(format!("skipped: {reason}"))
    }

    /// At most this much.
    pub(crate) fn at_most(mut self, target: f64) -> Self {
        self.target = Some(target);
        self
    }

    /// Figures that say more than the value alone.
    pub(crate) fn shown(mut self, measured: String) -> Self {
        self.measured = measured;
        self
    }

    /// Met, not met, or nothing to meet.
    pub(crate) fn met(&self) -> Option<bool> {
        self.target.map(|target| self.value <= target)
    }
}

/// The lines as an aligned table.
pub(crate) fn table(lines: &[Line]) -> String {
    let head = ["", "what", "measured", "target", "of target", "met"];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(lines.iter().map(row));
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(text, "{cell:width$}  ");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn row(line: &Line) -> [String; 6] {
    let target = line.target.map_or(String::new(), |target| {
        format!("<= {} {}", plain(target), line.unit)
    });
    let part = line.target.map_or(String::new(), |target| {
        if target > 0.0 {
            format!("{:.2}", line.value / target)
        } else {
            String::new()
        }
    });
    let met = match line.met() {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "",
    };
    [
        line.workload.clone(),
        line.what.clone(),
        line.measured.clone(),
        target,
        part,
        met.to_owned(),
    ]
}

fn plain(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_above_its_target_is_not_met() {
        let line = Line::new("W1", "ratio", 1.6, "x").at_most(1.5);
        assert_eq!(line.met(), Some(false));
        assert!(table(&[line]).contains("NO"));
    }
}
