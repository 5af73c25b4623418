#pragma once

#include <string>
#include <vector>

#include "bench/support/draw.h"
#include "bench/support/portal.h"
#include "crm/deals/pipelines.h"

// A CRM of many contacts to measure on: one organisation, one seller, a tenth as many accounts and
// a fifth as many deals as contacts.

namespace tandem::bench {

constexpr int64_t quick_contacts = 10'000;
constexpr int64_t full_contacts = 1'000'000;
constexpr int64_t contacts_per_account = 10;
constexpr int64_t contacts_per_deal = 5;

/// Who asks, and where.
struct SalesPortal {
  OrgId org = {};
  RecordId seller = {};  // an administrator
  PersonId person = {};
  std::vector<crm::Pipeline> pipelines = {};
};

/// The folder of the record of so many contacts, below build/bench.
std::string sales_folder_of(int64_t contacts);
/// Makes the record when its folder does not hold it yet. The same seed makes the same record.
void fill_sales(const std::string& folder, int64_t contacts);
/// What fill_sales() put there.
SalesPortal find_sales_portal(server::Program& program);

/// The e-mail of the contact that was made as number 0, 1, ….
std::string contact_email(int64_t number);

/// The seller's requests as bytes, to our own browser's paths and to the dialect's.
class SalesCaller {
 public:
  /// Signs the seller in and gives a client a token; both last in the program's database.
  explicit SalesCaller(server::Program& program);

  const SalesPortal& portal() const { return portal_; }
  /// `path` is what follows /native/crm/{org}.
  std::string get(const std::string& path) const;
  /// `path` is what follows /crm/v8.
  std::string dialect_get(const std::string& path) const;
  std::string dialect_post(const std::string& path, const std::string& json) const;

 private:
  SalesPortal portal_;
  std::string session_headers_;
  std::string token_headers_;
};

/// Ids of contacts spread over the whole record.
std::vector<int64_t> some_contacts(server::Program& program, const SalesCaller& caller,
                                   int64_t contacts);

}  // namespace tandem::bench
