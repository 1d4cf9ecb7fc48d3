package synthetic

import (
	"strconv"
	"strings"
)

// The names of accounts are made up: syllables that look like places, with the trade or the legal
// form behind them. Whoever shows the company to others shows no real one.
var (
	nameBegins = []string{"Brant", "Quill", "Tarn", "Fenn", "Hask", "Wisk", "Mard", "Lorn", "Pell", "Garr", "Ketter", "Ving", "Orrel", "Stav",
		"Yarm", "Corv", "Dunn", "Grist", "Ilver", "Jarn", "Kess", "Mosk", "Osk", "Brask", "Rusk", "Sorr", "Thrup", "Ulver", "Vard", "Wym", "Yew",
		"Zell", "Drum", "Esk", "Flax", "Gorse", "Hurst", "Isk", "Kirn", "Larch", "Mull", "Nesk", "Ovel", "Pring", "Quen", "Rime", "Skel", "Tull",
		"Uld", "Verr"}
	nameEnds = []string{"wick", "mere", "garth", "combe", "shaw", "holt", "low", "vane", "ster", "beck", "croft", "dene", "fold", "gill", "hythe",
		"keld", "moor", "ness", "rigg", "sett", "stow", "wath", "worth", "hope", "lund", "marsh", "nock", "pool", "rick", "skar", "toft", "vik",
		"yard", "berg", "dahl", "feld", "haven", "kamp", "land", "mark", "oord", "stad", "strand", "thal", "vale", "waite", "wold", "zand"}
	legalForms  = []string{"Inc.", "LLC", "Corp.", "Group", "Ltd", "Holdings", "Partners", "& Co"}
	legalEurope = []string{"GmbH", "AG", "SARL", "S.p.A.", "B.V.", "Oy", "AB", "S.A."}
	// awkwardWords are as plausible, and have what programs stumble over: commas, apostrophes, accents,
	// brackets, signs. Names that look like attacks are in the tests alone.
	awkwardWords = []string{"Larchmere, Osk & Sons", "O'Corven Bakeries", "Société d'Élevage Ulvermère", "Møskvik Værft A/S", "Kesslund-Bräu",
		"Yarmgarth (Holdings) Ltd", "Thrup + Rusk Architects", "Hürstfeld & Söhne", "Peñavarda Cítricos, S.L.", "Quenstrand No. 4 Mills"}
)

// An industry of accounts, and how the names of some of them end.
type industry struct {
	name   string
	trades [3]string
}

var industries = []industry{
	{"Manufacturing", [3]string{"Tooling", "Castings", "Components"}},
	{"Food and drink", [3]string{"Foods", "Brewing", "Dairies"}},
	{"Logistics", [3]string{"Freight", "Logistics", "Cold Storage"}},
	{"Chemicals", [3]string{"Chemicals", "Coatings", "Polymers"}},
	{"Health care", [3]string{"Medical", "Clinics", "Laboratories"}},
	{"Retail", [3]string{"Stores", "Outfitters", "Home"}},
	{"Energy", [3]string{"Energy", "Power", "Gas"}},
	{"Public utilities", [3]string{"Water", "Utilities", "Transit"}},
}

func industryOf(account int64) industry { return industries[account%int64(len(industries))] }

// nameStride has no divisor in common with the number of names, so that all of them are used before
// one is used again, and neighbours have different ones.
const nameStride = 1361

// accountName is the name of an account and its domain, which no other account has. It depends on
// the seed and the number alone: half of the accounts have this legal form in it.
func accountName(seed uint64, number int64, legal string) (name, domain string) {
	names := int64(len(nameBegins) * len(nameEnds))
	at := (int64(scramble(seed)%uint64(names)) + number*nameStride) % names
	begin, end := nameBegins[at/int64(len(nameEnds))], nameEnds[at%int64(len(nameEnds))]
	stem := strings.TrimSuffix(begin, end[:1]) + end // Pell and low make Pellow
	round := number / int64(len(industries))
	name = stem + " " + industryOf(number).trades[round/2%3]
	if round%2 == 1 {
		name = stem + " " + legal
	}
	if period := int64(whole / awkwardNames); number%period == 7 {
		name = awkwardWords[number/period%int64(len(awkwardWords))]
	}
	domain = strings.ToLower(stem)
	if number > names {
		domain += strconv.FormatInt((number-1)/names, 10)
	}
	return name, domain + ".example"
}
