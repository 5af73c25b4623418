#pragma once

#include "tests/rules/imports.h"
#include "tests/rules/sales_office.h"
#include "tests/support/folder_of_test.h"

namespace tandem::test {

/// A sales organisation with a place for files and a worker.
class SalesFirm : public SalesOffice {
 public:
  explicit SalesFirm(crm::Edition edition) : SalesOffice(edition) {}

  FolderOfTest folder;
  std::unique_ptr<files::FileStore> files = files::open_file_store(*database, folder.path());
  std::unique_ptr<jobs::Worker> worker = std::make_unique<jobs::Worker>(*database, 1);

  access::Actor administrator() const { return ada; }
};
using SalesImports = ImportsIn<SalesFirm>;

}  // namespace tandem::test
