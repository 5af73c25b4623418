#include <random>

#include "tests/unit/records/shop.h"

// Filters and cursors as nobody would write them. A fixed seed, so that a failure comes again.

namespace tandem::records {
namespace {

class Mutator {
 public:
  std::string mutate(std::string text) {
    for (size_t change = 0; change < 1 + below(2) && !text.empty(); ++change) {
      const size_t at = below(text.size());
      const size_t length = 1 + below(6);
      switch (below(5)) {
        case 0: text[at] = char(below(256)); break;
        case 1: text.erase(at, length); break;
        case 2: text.insert(at, text.substr(at, length)); break;
        case 3: text.insert(at, length, "{}[]\":,\\%_0-'"[below(13)]); break;
        case 4: text.resize(at); break;
      }
    }
    return text;
  }
  size_t below(size_t limit) { return random_() % limit; }

 private:
  std::mt19937_64 random_{20'261'122};
};

class MutatedQuestions : public OnBothDatabases {
 protected:
  MutatedQuestions() {
    for (int number = 0; number < 6; ++number)
      shop.add(orders_module(), {{"subject", std::string(1, char('a' + number))}});
  }
  Shop shop{GetParam()};
  Mutator mutator;
};
TANDEM_ON_BOTH_DATABASES(MutatedQuestions);

TEST_P(MutatedQuestions, FiltersAreAnsweredOrRefusedAndNeverUpsetTheDatabase) {
  const std::vector<std::string> samples{
      R"({"field":"subject","contains":"100%"})",
      R"({"all_of":[{"field":"subject","is_one_of":["a","b"]},{"field":"due_at","before":"now"}]})",
      R"({"none_of":[{"any_of":[{"field":"subject","starts_with":"a_\\"}]}]})",
      R"({"field":"due_at","between":["2026-02-01","2026-03-01"]})",
      R"({"field":"created_at","in_last_days":7})",
      R"({"field":"subject","is_empty":true})"};
  int answered = 0;
  for (int number = 0; number < 10'000; ++number) {
    const std::string text = mutator.mutate(samples[mutator.below(samples.size())]);
    const Result<Json> json = json_from_text(text);
    if (!json) continue;
    const auto filter =
        filter_from_json(*json, *shop.shape(orders_module()), {RecordId{1}, shop.clock.now()});
    if (!filter) {
      EXPECT_EQ(filter.error().kind, RefusalKind::invalid) << text;
      continue;
    }
    const auto page = shop.list(orders_module(), {.filter = *filter});
    EXPECT_TRUE(page || page.error().kind == RefusalKind::invalid) << text;
    ++answered;
  }
  EXPECT_GT(answered, 20) << "some stay filters";
}

TEST_P(MutatedQuestions, CursorsGoOnOrAreRefused) {
  const Query first{.sort = {"subject", false}, .limit = 2};
  const std::string cursor = shop.list(orders_module(), first)->next_cursor;
  ASSERT_FALSE(cursor.empty());
  int refused = 0;
  for (int number = 0; number < 2'000; ++number) {
    Query next = first;
    next.cursor = mutator.mutate(cursor);
    const auto page = shop.list(orders_module(), next);
    if (page) continue;
    EXPECT_EQ(page.error().kind, RefusalKind::invalid) << next.cursor;
    ++refused;
  }
  EXPECT_GT(refused, 1'000);
}

}  // namespace
}  // namespace tandem::records
