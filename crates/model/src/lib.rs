//! The nouns of the house and their arithmetic.
