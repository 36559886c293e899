//! Sets: what belongs together when pairs are joined one by one (union-find).

/// Disjoint sets over indices.
#[derive(Clone, Debug)]
pub struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    /// `n` sets of one.
    pub fn new(n: usize) -> Self {
        Self { parent: (0..n).collect() }
    }

    /// The least index of the set.
    pub fn root(&mut self, mut ix: usize) -> usize {
        while self.parent[ix] != ix {
            self.parent[ix] = self.parent[self.parent[ix]];
            ix = self.parent[ix];
        }
        ix
    }

    /// Makes two sets one.
    pub fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        self.parent[left.max(right)] = left.min(right);
    }

    /// The sets: each in order, in the order of their least index.
    pub fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups = vec![Vec::new(); self.parent.len()];
        for ix in 0..self.parent.len() {
            let root = self.root(ix);
            groups[root].push(ix);
        }
        groups.into_iter().filter(|group| !group.is_empty()).collect()
    }
}
