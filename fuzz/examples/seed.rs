//! Seed: writes the first inputs of every target into `corpus/`, from the repository's own examples.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for target in headwater_fuzz::TARGETS {
        let folder = corpus.join(target.name);
        std::fs::create_dir_all(&folder)?;
        for (name, bytes) in headwater_fuzz::seeds(target.name)? {
            std::fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}
