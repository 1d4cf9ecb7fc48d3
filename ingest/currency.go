package ingest

import "strings"

// The active codes of ISO 4217, by the number of decimals of their minor unit. Those without one in the standard
// (metals, bond units, the test code) are left out, but XXX, "no currency", which is kept with two.
const (
	noDecimals    = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
	threeDecimals = "BHD IQD JOD KWD LYD OMR TND"
	fourDecimals  = "CLF UYW"
	twoDecimals   = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF " +
		"CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL " +
		"HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR " +
		"MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP " +
		"SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG XXX " +
		"YER ZAR ZMW ZWG"
)

// Exponent returns the number of decimals of a currency's minor unit, and whether ISO 4217 knows the code.
func Exponent(code string) (int, bool) {
	if len(code) != 3 || strings.ContainsRune(code, ' ') {
		return 0, false
	}
	switch {
	case strings.Contains(twoDecimals, code):
		return 2, true
	case strings.Contains(noDecimals, code):
		return 0, true
	case strings.Contains(threeDecimals, code):
		return 3, true
	case strings.Contains(fourDecimals, code):
		return 4, true
	}
	return 0, false
}
