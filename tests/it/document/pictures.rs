//! Pictures of text, compared by their ink.

/// Whether each dot is dark, cut to where there is ink: documents are not quite black.
pub(super) struct Picture {
    width: usize,
    ink: Vec<u8>,
}

impl Picture {
    /// Of a grey PGM.
    pub(super) fn of_pgm(file: &[u8]) -> Self {
        let mut parts = file.splitn(4, |byte| byte.is_ascii_whitespace());
        let mut next = || std::str::from_utf8(parts.next().expect("a head")).expect("ASCII");
        let (kind, width, height) = (next(), next(), next());
        assert_eq!(kind, "P5");
        let (width, height): (usize, usize) = (width.parse().expect("a width"), height.parse().expect("a height"));
        Self::cut(width, &file[file.len() - width * height..])
    }

    /// In hundredths of the other's ink, how much ink is in another place, the two laid over each other as well as can be.
    pub(super) fn difference(&self, other: &Self) -> i64 {
        let total: i64 = other.ink.iter().map(|ink| i64::from(*ink)).sum();
        let shifts = (-2..=2).flat_map(|down| (-2..=2).map(move |right| (right, down)));
        let least = shifts.map(|shift| self.apart(other, shift)).min();
        least.expect("some") * 100 / total
    }

    fn apart(&self, other: &Self, (right, down): (i64, i64)) -> i64 {
        let side = |length: usize| i64::try_from(length).expect("small");
        let width = side(self.width.max(other.width)) + 2;
        let height = side(self.height().max(other.height())) + 2;
        let dots = (-2..height).flat_map(|y| (-2..width).map(move |x| (x, y)));
        dots.map(|(x, y)| (self.at(x, y) - other.at(x + right, y + down)).abs()).sum()
    }

    fn at(&self, x: i64, y: i64) -> i64 {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return 0 };
        if x < self.width && y < self.height() { i64::from(self.ink[y * self.width + x]) } else { 0 }
    }

    fn height(&self) -> usize {
        self.ink.len() / self.width
    }

    fn cut(width: usize, grey: &[u8]) -> Self {
        let rows: Vec<&[u8]> = grey.chunks(width).collect();
        let is_ink = |grey: &u8| *grey < 128;
        let (top, bottom) = ends(rows.iter().map(|row| row.iter().any(is_ink)));
        let (left, right) = ends((0..width).map(|x| rows.iter().any(|row| is_ink(&row[x]))));
        let ink = rows[top..=bottom].iter().flat_map(|row| row[left..=right].iter().map(|grey| u8::from(is_ink(grey))));
        Self { width: right - left + 1, ink: ink.collect() }
    }
}

/// The first and the last that are.
fn ends(are: impl Iterator<Item = bool>) -> (usize, usize) {
    let places: Vec<_> = are.enumerate().filter_map(|(at, is)| is.then_some(at)).collect();
    (*places.first().expect("some ink"), *places.last().expect("some ink"))
}
