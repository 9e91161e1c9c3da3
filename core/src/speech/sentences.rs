//! How a sentence is written down: `name(values): "English", "German";`, and where a number decides,
//! `name(count, values): ["one", "more"], ["eine", "mehr"];`, the number first.

/// One sentence, as tests look at it.
#[cfg(test)]
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) name: &'static str,
    pub(crate) args: &'static str,
    pub(crate) english: &'static [&'static str],
    pub(crate) german: &'static [&'static str],
}

/// Makes a function of each sentence.
macro_rules! sentences {
    ($($name:ident $args:tt: $english:tt, $german:tt;)*) => {
        $(sentences! { @one $name $args $english $german })*

        /// Every sentence of this file.
        #[cfg(test)]
        pub(crate) const ALL: &[crate::speech::sentences::Sentence] = &[$(crate::speech::sentences::Sentence {
            name: stringify!($name),
            args: stringify!($args),
            english: sentences!(@forms $english),
            german: sentences!(@forms $german),
        }),*];
    };
    (@forms [$one:literal, $more:literal]) => { &[$one, $more] };
    (@forms $only:literal) => { &[$only] };
    (@one $name:ident () $english:literal $german:literal) => {
        pub(crate) fn $name(language: crate::speech::Language) -> &'static str {
            match language {
                crate::speech::Language::English => $english,
                crate::speech::Language::German => $german,
            }
        }
    };
    (@one $name:ident ($($arg:ident),+) $english:literal $german:literal) => {
        pub(crate) fn $name(
            language: crate::speech::Language,
            $($arg: &(impl std::fmt::Display + ?Sized)),+
        ) -> String {
            match language {
                crate::speech::Language::English => format!($english),
                crate::speech::Language::German => format!($german),
            }
        }
    };
    (@one $name:ident ($count:ident $(, $arg:ident)*) [$one:literal, $more:literal] [$eine:literal, $mehr:literal]) => {
        pub(crate) fn $name(
            language: crate::speech::Language,
            $count: u64
            $(, $arg: &(impl std::fmt::Display + ?Sized))*
        ) -> String {
            match (language, $count) {
                (crate::speech::Language::English, 1) => format!($one),
                (crate::speech::Language::English, _) => format!($more),
                (crate::speech::Language::German, 1) => format!($eine),
                (crate::speech::Language::German, _) => format!($mehr),
            }
        }
    };
}
