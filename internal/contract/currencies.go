package contract

import "strings"

// The active codes of ISO 4217, by the number of decimals of their minor unit. Codes for which the
// standard has no minor unit (metals, bond units, the test code) are left out, except XXX, "no
// currency", which has two here.
var currencies = map[int]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE " +
		"CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD " +
		"HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP " +
		"MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD " +
		"SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS " +
		"VED VES WST XAD XCD XCG XXX YER ZAR ZMW ZWG",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// CurrenciesOf returns the codes of the currencies whose minor unit has this number of decimals.
func CurrenciesOf(decimals int) []string { return strings.Fields(currencies[decimals]) }

// Exponent returns the number of decimals of a currency's minor unit, and whether ISO 4217 has the
// code.
func Exponent(code string) (decimals int, isKnown bool) {
	if len(code) != 3 || strings.ContainsRune(code, ' ') {
		return 0, false
	}
	for _, decimals := range []int{2, 0, 3, 4} { // most codes have two
		if strings.Contains(currencies[decimals], code) {
			return decimals, true
		}
	}
	return 0, false
}
