#include "records/change_source.h"

#include "base/json.h"
#include "base/text.h"

namespace tandem::records {

namespace {

constexpr std::string_view detail_key = "source";

// A transaction's body runs on one thread from its beginning to its end, but not always on that of
// the caller, so that the name is set there and not in the call.
thread_local std::string_view writing_for;

class WritingFor {
 public:
  explicit WritingFor(std::string_view source) : before_(writing_for) { writing_for = source; }
  ~WritingFor() { writing_for = before_; }
  WritingFor(const WritingFor&) = delete;
  WritingFor& operator=(const WritingFor&) = delete;

 private:
  std::string_view before_;
};

class NamedDatabase final : public db::Database {
 public:
  NamedDatabase(db::Database& inner, std::string_view source) : inner_(inner), source_(source) {}

  db::Kind kind() const override { return inner_.kind(); }
  const Clock& clock() const override { return inner_.clock(); }
  Result<void> back_up_to(const std::string& file) override { return inner_.back_up_to(file); }
  std::vector<std::string> integrity_faults() override { return inner_.integrity_faults(); }

 protected:
  void run_read(const std::function<void(db::Transaction&)>& body) override { inner_.read(body); }
  void run_write(const std::function<Outcome(db::Transaction&)>& body,
                 db::Priority priority) override {
    // The answer is the body's own; here it only says whether to commit.
    const Result<void> done = inner_.write(
        [&](db::Transaction& tx) -> Result<void> {
          const WritingFor writing(source_);
          if (body(tx) == Outcome::commit) return {};
          return not_found("");
        },
        priority);
    (void)done;
  }

 private:
  db::Database& inner_;
  const std::string source_;
};

}  // namespace

bool is_source_name(std::string_view source) {
  return !source.empty() && count_chars(source) <= int64_t(change_source_chars_max);
}

std::unique_ptr<db::Database> named_by(db::Database& inner, std::string_view source) {
  return std::make_unique<NamedDatabase>(inner, is_source_name(source) ? source : "");
}

std::string_view change_source() { return writing_for; }

std::string detail_with_source(std::string_view detail_json) {
  if (writing_for.empty()) return std::string(detail_json);
  JsonObject detail;
  if (const Result<Json> known = json_from_text(detail_json); known && known->is_object()) {
    detail = known->as_object();
  }
  detail[detail_key] = writing_for;
  return json_to_text(detail);
}

std::string source_in(const std::string& detail_json) {
  if (detail_json.empty()) return "";
  const Result<Json> detail = json_from_text(detail_json);
  return detail ? text_of(*detail, detail_key) : "";
}

}  // namespace tandem::records
