//! Medians, percentiles and spread of a handful of measurements.

use std::time::Duration;

/// Measurements of one thing, in the unit of the one who took them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    /// In milliseconds.
    pub(crate) fn push_ms(&mut self, value: Duration) {
        self.push(ms(value));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The value that `share` (0 to 1) of the samples do not exceed; nearest rank. Not a number without samples.
    pub(crate) fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len();
        let at = (1..=count).find(|rank| *rank as f64 >= share * count as f64);
        at.and_then(|rank| sorted.get(rank - 1))
            .copied()
            .unwrap_or(f64::NAN)
    }

    pub(crate) fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub(crate) fn median(&self) -> f64 {
        self.percentile(0.5)
    }

    /// "median (first quartile to third)".
    pub(crate) fn spread(&self, unit: &str) -> String {
        format!(
            "{} {unit} ({} to {})",
            short(self.median()),
            short(self.percentile(0.25)),
            short(self.percentile(0.75))
        )
    }

    /// "p50 / p95".
    pub(crate) fn tail(&self, unit: &str) -> String {
        format!(
            "p50 {}, p95 {} {unit}",
            short(self.median()),
            short(self.percentile(0.95))
        )
    }
}

pub(crate) fn ms(value: Duration) -> f64 {
    value.as_secs_f64() * 1_000.0
}

/// Three significant digits or so.
pub(crate) fn short(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_nearest_rank() {
        let mut samples = Samples::default();
        (1..=20).for_each(|value| samples.push(f64::from(value)));
        assert_eq!((samples.median(), samples.percentile(0.95)), (10.0, 19.0));
    }
}
