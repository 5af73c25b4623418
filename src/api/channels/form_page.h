#pragma once

#include <optional>
#include <string>

#include "desk/channels/web_form_submission.h"
#include "http/message.h"

namespace tandem::api::channels {

/// A form as somebody left it.
struct FormView {
  const desk::WebForm& form;
  const records::Shape& tickets;
  const desk::FormEntry& entry;  // what stands in the fields; token is of this page
  std::optional<Refusal> refusal = {};
  bool had_files = false;
};

/// Their one script tells a frame how high they are; only the form's sites may frame them. Manual,
/// Web forms 2.2.
http::Response form_page(const FormView& view);
http::Response thanks_page(const desk::WebForm& form);
http::Response closed_page(const desk::WebForm* form);

}  // namespace tandem::api::channels
