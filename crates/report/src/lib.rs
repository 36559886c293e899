//! Dossier to JSON, plain text, HTML pages and an SVG stemma.
