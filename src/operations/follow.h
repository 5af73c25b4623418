#pragma once

#include <optional>
#include <vector>

#include "access/actor.h"
#include "records/became.h"
#include "records/record.h"

// What became another record is read as that one while its links are still being moved
// (records/became.h): conditions mean both, and links show where they will point to.

namespace tandem::operations {

/// For one act of reading. Asks the database once, and not at all where no link to a module stands
/// whose records become others.
class Follower {
 public:
  Follower(db::Transaction& tx, const access::Actor& actor) : tx_(tx), actor_(actor) {}
  /// A condition on a link to a record means those that became it, too.
  records::Filter followed(const records::Shape& shape, records::Filter filter);
  /// Links of what was read for showing. Not for what is written back.
  void follow(std::vector<records::Record>& records);

 private:
  void follow_filter(const records::Shape& shape, records::Filter& filter);
  void add_former(const records::FieldDef& link, records::Filter& filter);
  const records::Became& became();

  db::Transaction& tx_;
  const access::Actor& actor_;
  std::optional<records::Became> became_;
};

}  // namespace tandem::operations
