#include "access/currency.h"

#include <algorithm>

#include "access/audit.h"
#include "access/organisation_settings.h"
#include "access/organisations.h"

namespace tandem::access {

const std::vector<std::string_view>& currencies() {
  static const std::vector<std::string_view> codes{
      "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD",
      "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF",
      "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN",
      "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD",
      "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES",
      "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL",
      "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN",
      "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
      "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
      "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT", "TND",
      "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES", "VND",
      "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW"};
  return codes;
}

std::string currency_of(db::Transaction& tx, OrgId org) {
  const JsonObject settings = organisation_settings(tx, org);
  const Json* currency = settings.if_contains("currency");
  return currency && currency->is_string() ? std::string(currency->get_string()) : "";
}

Result<void> choose_currency(db::Transaction& tx, const Actor& actor, const std::string& currency) {
  TRY(require_duty(actor, Duty::manage_organisation));
  const bool is_known =
      currency.empty() || std::binary_search(currencies().begin(), currencies().end(), currency);
  if (!is_known) {
    return invalid("currency", "not_a_choice",
                   "Choose a currency by its three letters, such as EUR.");
  }
  change_access(tx, actor.org);
  change_organisation_setting(tx, actor.org, "currency",
                              currency.empty() ? Json() : Json(currency));
  audit(tx, actor, "currency_chosen", currency);
  return {};
}

}  // namespace tandem::access
