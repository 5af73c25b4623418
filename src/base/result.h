#pragma once

#include <expected>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Expected answers that a caller must present are values (a Refusal); the world breaking is an
// exception. Only the request worker and the job worker catch exceptions.

namespace tandem {

/// The closed list of refusals. Choose by what the caller can do about it:
/// invalid: correct the named field. unauthenticated: sign in. forbidden: ask for the right.
/// not_found: also when the record exists but is invisible. conflict: reload, someone else was
/// faster, or it is taken. too_large: send less. busy: try again later.
enum class RefusalKind {
  invalid,
  unauthenticated,
  forbidden,
  not_found,
  conflict,
  too_large,
  busy
};

/// What is wrong with one field. `code` is a stable snake_case word that catalogues translate
/// (required, too_long, not_a_choice, duplicate, …); `message` is the English sentence that says
/// what to do.
struct FieldFault {
  std::string field;
  std::string code;
  std::string message;
};

/// An expected "no". `code` is stable and translated by the UI as "refusal.<code>"; `message` says
/// what to do, in English. `field` is empty unless one field is at fault; `faults` lists all of
/// them when several are.
struct Refusal {
  RefusalKind kind = RefusalKind::invalid;
  std::string code;
  std::string message;
  std::string field;
  std::vector<FieldFault> faults;

  bool operator==(const Refusal& other) const {
    return kind == other.kind && code == other.code && field == other.field;
  }
};

Refusal invalid(std::string field, std::string code, std::string message);
Refusal invalid(std::vector<FieldFault> faults);
Refusal unauthenticated(std::string code, std::string message);
Refusal forbidden(std::string code, std::string message);
Refusal not_found(std::string message);
Refusal conflict(std::string code, std::string message, std::string field = "");
Refusal too_large(std::string code, std::string message, std::string field = "");
Refusal busy(std::string message);

/// The word of a kind as it stands in answers and logs: "not_found".
const char* word(RefusalKind kind);

/// Either a T or a Refusal. [[nodiscard]], which std::expected of g++ 12 is not.
template <class T>
class [[nodiscard]] Result : public std::expected<T, Refusal> {
 public:
  using std::expected<T, Refusal>::expected;
  Result(Refusal refusal) : std::expected<T, Refusal>(std::unexpect, std::move(refusal)) {}
};

}  // namespace tandem

/// Takes the value of a Result or returns its refusal from the enclosing function.
/// Stands alone or as the whole right side of one `=`: inside a braced aggregate g++ 12 leaks
/// members already built.
#define TRY(expression) TANDEM_TRY_AS(__COUNTER__, expression)

// Each use has a name of its own, so that a TRY may stand in a lambda inside another TRY.
#define TANDEM_TRY_AS(number, expression) TANDEM_TRY_NAMED(number, expression)
#define TANDEM_TRY_NAMED(number, expression)                                                    \
  __extension__({                                                                               \
    auto try_result_##number = (expression);                                                    \
    if (!try_result_##number) return ::tandem::Refusal(std::move(try_result_##number).error()); \
    std::move(try_result_##number).value();                                                     \
  })
