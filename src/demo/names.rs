//! Invented people and places, as Sri Lankan customers write them: English, Sinhala and Tamil.

use super::random::Random;

const MEN: &[&str] = &[
    "Nimal",
    "Sunil",
    "Kamal",
    "Chaminda",
    "Ruwan",
    "Lahiru",
    "Kasun",
    "Dinesh",
    "Nuwan",
    "Tharindu",
    "Asanka",
    "Sampath",
    "Isuru",
    "Janaka",
    "Gayan",
    "Mahesh",
    "Roshan",
    "Sivakumar",
    "Murali",
    "Rizwan",
];
const WOMEN: &[&str] = &[
    "Kumari",
    "Dilhani",
    "Sanduni",
    "Nadeesha",
    "Chathurika",
    "Ishara",
    "Sunethra",
    "Priyanka",
    "Malani",
    "Hasini",
    "Anoma",
    "Thilini",
    "Ruvini",
    "Kavitha",
    "Tharshini",
    "Fathima",
    "Shamila",
    "Udeni",
    "Geethika",
    "Yamuna",
];
const FAMILIES: &[&str] = &[
    "Perera",
    "Fernando",
    "de Silva",
    "Bandara",
    "Jayasinghe",
    "Rathnayake",
    "Wijesinghe",
    "Gunawardhana",
    "Dissanayake",
    "Herath",
    "Ranasinghe",
    "Samaraweera",
    "Abeysekara",
    "Karunaratne",
    "Weerasinghe",
    "Senanayake",
    "Liyanage",
    "Kandasamy",
    "Balasingham",
    "Nazeer",
    "Amarasekara",
];
const ANCESTRIES: &[&str] = &[
    "Wijesundara Mudiyanselage Tikiri Bandaralage Chandrasekara",
    "Herath Mudiyanselage Punchi Bandage Dharmasiri",
    "Kankanamalage Don Sebastian Appuhamilage",
    "Weerasinghe Arachchige Dona Wickramasinghe Patabendige",
];

const SINHALA_MEN: &[&str] = &["නිමල්", "සුනිල්", "කමල්", "චමින්ද", "රුවන්", "ලහිරු", "කසුන්", "දිනේෂ්"];
const SINHALA_WOMEN: &[&str] = &["ශ්‍රියානි", "කුමාරි", "දිල්හානි", "සඳුනි", "නදීශා", "චතුරිකා", "මාලනී"];
const SINHALA_FAMILIES: &[&str] =
    &["පෙරේරා", "ප්‍රනාන්දු", "සිල්වා", "බණ්ඩාර", "ජයසිංහ", "රත්නායක", "විජේසිංහ", "ගුණවර්ධන", "දිසානායක", "හේරත්"];
const SINHALA_ANCESTRY: &str = "විජේසුන්දර මුදියන්සේලාගේ ටිකිරි බණ්ඩාරලාගේ චන්ද්‍රසේකර";

const TAMIL_MEN: &[&str] = &["சிவகுமார்", "கணேசன்", "முரளி", "செல்வராஜ்", "ரவீந்திரன்", "சுரேஷ்"];
const TAMIL_WOMEN: &[&str] = &["கவிதா", "தர்ஷினி", "ராஜேஸ்வரி", "மாலதி", "சுகந்தி"];
const TAMIL_FAMILIES: &[&str] = &["நடராஜா", "கந்தசாமி", "பாலசிங்கம்", "சுப்பிரமணியம்", "யோகராஜா", "தர்மலிங்கம்"];

const STREETS: &[&str] = &[
    "Temple Road",
    "Main Street",
    "Lake Road",
    "Station Road",
    "Samagi Mawatha",
    "School Lane",
    "Galle Road",
    "Kandy Road",
    "Hospital Road",
    "Sri Saranankara Road",
    "Market Street",
    "Old Bazaar Street",
];
const LONG_STREETS: &[&str] = &[
    "Third Lane, Samagi Mawatha Extension, off Old Kesbewa Road, behind the Sri Bodhirajaramaya Temple",
    "Block 7, Nawa Gammanaya Housing Scheme, Upper Mahaweli Reservoir Road, near the Divisional Secretariat",
    "Ground Floor, Dharmapala Building, Sir William Gopallawa Mawatha, opposite the Central Bus Stand",
];
const SINHALA_STREETS: &[&str] = &["ප්‍රධාන පාර", "පන්සල පාර", "දුම්රියපොළ පාර", "සමගි මාවත", "වැව පාර"];
const SINHALA_TOWNS: &[&str] = &["නුගේගොඩ", "මහනුවර", "මාතර", "මීගමුව", "හම්බන්තොට", "මාතලේ"];
const TAMIL_STREETS: &[&str] = &["கோவில் வீதி", "பிரதான வீதி", "நிலைய வீதி", "பாடசாலை ஒழுங்கை"];
const TAMIL_TOWNS: &[&str] = &["கொழும்பு", "கண்டி", "மாத்தளை", "நீர்கொழும்பு"];

/// The script in which a person writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Sinhala,
    Tamil,
}

/// A person's name, and what the card says of it.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) script: Script,
    pub(super) woman: bool,
}

/// A customer's name: about one in seven not in Latin letters, a few that no form was made for.
pub(super) fn customer(random: &mut Random) -> Name {
    let script = [Script::Latin, Script::Sinhala, Script::Tamil][random.weighted(&[85, 9, 6])];
    let woman = random.chance(42);
    let (men, women, families) = match script {
        Script::Latin => (MEN, WOMEN, FAMILIES),
        Script::Sinhala => (SINHALA_MEN, SINHALA_WOMEN, SINHALA_FAMILIES),
        Script::Tamil => (TAMIL_MEN, TAMIL_WOMEN, TAMIL_FAMILIES),
    };
    let given = random.pick(if woman { women } else { men });
    let family = random.pick(families);
    let text = match (script, random.below(100)) {
        (Script::Latin, 0..3) => format!("{} {given} {} {family}", random.pick(ANCESTRIES), random.pick(MEN)),
        (Script::Sinhala, 0..3) => format!("{SINHALA_ANCESTRY} {given} {family}"),
        (Script::Latin, 3..33) => format!("{} {given} {family}", initials(random)),
        _ => format!("{given} {family}"),
    };
    Name { text, script, woman }
}

/// Where somebody lives, written as the name is, near the branch.
pub(super) fn address(random: &mut Random, script: Script, town: &str) -> String {
    let number = random.between(1, 320);
    let part = if random.chance(40) { format!("/{}", random.between(1, 14)) } else { String::new() };
    match script {
        Script::Sinhala if random.chance(60) => {
            format!("අංක {number}{part}, {}, {}", random.pick(SINHALA_STREETS), random.pick(SINHALA_TOWNS))
        }
        Script::Tamil if random.chance(60) => {
            format!("இல. {number}{part}, {}, {}", random.pick(TAMIL_STREETS), random.pick(TAMIL_TOWNS))
        }
        _ if random.chance(3) => {
            format!("No {number}{part} B, {}, {town} North, Sri Lanka", random.pick(LONG_STREETS))
        }
        _ => format!("No {number}{part}, {}, {town}", random.pick(STREETS)),
    }
}

/// The name of the `n`th member of staff: no two alike among the first few hundred.
pub(super) fn staff(n: usize) -> String {
    let given = if n.is_multiple_of(2) { MEN } else { WOMEN };
    format!("{} {}", given[n % given.len()], FAMILIES[n % FAMILIES.len()])
}

fn initials(random: &mut Random) -> String {
    let letter = |random: &mut Random| random.pick(&["A", "D", "H", "K", "M", "P", "R", "S", "W"]);
    let first = letter(random);
    match random.chance(50) {
        true => format!("{first}."),
        false => format!("{first}. {}.", letter(random)),
    }
}
