#include "base/result.h"

namespace tandem {

Refusal invalid(std::string field, std::string code, std::string message) {
  FieldFault fault{field, code, message};
  return {RefusalKind::invalid,
          std::move(code),
          std::move(message),
          std::move(field),
          {std::move(fault)}};
}

Refusal invalid(std::vector<FieldFault> faults) {
  Refusal refusal;
  if (!faults.empty()) {
    refusal.code = faults.front().code;
    refusal.message = faults.front().message;
    refusal.field = faults.front().field;
  }
  refusal.faults = std::move(faults);
  return refusal;
}

Refusal unauthenticated(std::string code, std::string message) {
  return {RefusalKind::unauthenticated, std::move(code), std::move(message), "", {}};
}

Refusal forbidden(std::string code, std::string message) {
  return {RefusalKind::forbidden, std::move(code), std::move(message), "", {}};
}

Refusal not_found(std::string message) {
  return {RefusalKind::not_found, "not_found", std::move(message), "", {}};
}

Refusal conflict(std::string code, std::string message, std::string field) {
  return {RefusalKind::conflict, std::move(code), std::move(message), std::move(field), {}};
}

Refusal too_large(std::string code, std::string message, std::string field) {
  return {RefusalKind::too_large, std::move(code), std::move(message), std::move(field), {}};
}

Refusal busy(std::string message) {
  return {RefusalKind::busy, "busy", std::move(message), "", {}};
}

const char* word(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::invalid: return "invalid";
    case RefusalKind::unauthenticated: return "unauthenticated";
    case RefusalKind::forbidden: return "forbidden";
    case RefusalKind::not_found: return "not_found";
    case RefusalKind::conflict: return "conflict";
    case RefusalKind::too_large: return "too_large";
    case RefusalKind::busy: return "busy";
  }
  return "invalid";
}

}  // namespace tandem
