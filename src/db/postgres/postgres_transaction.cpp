#include "db/postgres/postgres_transaction.h"

#include <charconv>

namespace tandem::db {

namespace {

constexpr Oid bool_type = 16;
constexpr Oid bytea_type = 17;
constexpr Oid int8_type = 20;
constexpr Oid int2_type = 21;
constexpr Oid int4_type = 23;
constexpr Oid numeric_type = 1'700;  // what sum() of BIGINT gives

class PostgresRowView final : public RowView {
 public:
  explicit PostgresRowView(const PGresult* result) : result_(result) {}
  void show(int row) {
    row_ = row;
    decoded_.clear();
  }

  int columns() const override { return PQnfields(result_); }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  int64_t integer(int column) const override {
    const std::string_view text = raw(column);
    if (PQftype(result_, column) == bool_type) return text == "t" ? 1 : 0;
    int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }
  std::string_view text(int column) const override { return raw(column); }
  std::string_view bytes(int column) const override {
    if (is_null(column) || PQftype(result_, column) != bytea_type) return raw(column);
    if (decoded_.empty()) decoded_.resize(size_t(columns()));
    std::string& decoded = decoded_[size_t(column)];
    if (decoded.empty()) decoded = decode(column);
    return decoded;
  }
  Value value(int column) const override {
    if (is_null(column)) return nullptr;
    switch (PQftype(result_, column)) {
      case int8_type:
      case int4_type:
      case int2_type:
      case numeric_type:
      case bool_type: return integer(column);
      case bytea_type: return Bytes{decode(column)};
      default: return std::string(raw(column));
    }
  }

 private:
  std::string_view raw(int column) const {
    return {PQgetvalue(result_, row_, column), size_t(PQgetlength(result_, row_, column))};
  }
  std::string decode(int column) const {
    size_t size = 0;
    unsigned char* data = PQunescapeBytea(
        reinterpret_cast<const unsigned char*>(PQgetvalue(result_, row_, column)), &size);
    if (data == nullptr) throw std::bad_alloc();
    const std::unique_ptr<unsigned char, decltype(&PQfreemem)> owned(data, &PQfreemem);
    return std::string(reinterpret_cast<const char*>(data), size);
  }

  const PGresult* result_ = nullptr;
  int row_ = 0;
  mutable std::vector<std::string> decoded_;
};

}  // namespace

template <class Run>
PostgresResult PostgresTransaction::guarded(Run&& run) {
  if (failed_) throw DatabaseFailure("an earlier statement failed: this transaction has ended");
  try {
    return run();
  } catch (const RunAgain&) {
    failed_ = true;
    run_again_ = true;
    throw;
  } catch (const DatabaseFailure&) {
    failed_ = true;
    throw;
  }
}

void PostgresTransaction::for_each(std::string_view sql, const Args& args,
                                   const std::function<bool(const RowView&)>& each) {
  const PostgresResult result = guarded([&] { return connection_.run(sql, args); });
  PostgresRowView view(result.get());
  const int rows = PQntuples(result.get());
  for (int row = 0; row < rows; ++row) {
    view.show(row);
    if (!each(view)) return;
  }
}

int64_t PostgresTransaction::execute(std::string_view sql, const Args& args) {
  const PostgresResult result = guarded([&] { return connection_.run(sql, args); });
  if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
  const std::string_view count = PQcmdTuples(result.get());
  int64_t changed = 0;
  std::from_chars(count.data(), count.data() + count.size(), changed);
  return changed;
}

void PostgresTransaction::run_alone() {
  if (is_alone_) return;
  guarded([&]() -> PostgresResult {
    wants_to_be_alone_ = true;
    throw RunAgain("the body starts over to run alone");
  });
}

void PostgresTransaction::run_script(std::string_view sql) {
  guarded([&] { return connection_.run(std::string(sql)); });
}

}  // namespace tandem::db
