//! Texts with a list of values, to which the service may add.

/// An enum of known texts, with a variant for those that are not known yet.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        ///
        /// The default is an empty text: not told.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`", $text, "`")]
                $variant,
            )*
            /// A value that this version of the library does not know.
            Other(alloc::string::String),
        }

        impl $name {
            /// The values that this version of the library knows.
            pub const VALUES: &'static [&'static str] = &[$($text),*];

            /// The text in the API.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Other(text.into()),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Other(alloc::string::String::new())
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::typed::lenient::or_default(deserializer)
            }
        }

        impl $crate::typed::lenient::OfScalar for $name {
            fn of(scalar: $crate::typed::lenient::Scalar) -> Option<Self> {
                <alloc::string::String as $crate::typed::lenient::OfScalar>::of(scalar).map(|text| Self::from(text.as_str()))
            }
        }

        $crate::typed::lenient::scalars!($name);
    };
}
pub(super) use text_enum;
