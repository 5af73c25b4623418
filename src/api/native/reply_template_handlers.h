#pragma once

#include "api/native/call.h"

namespace tandem::api::native {

Result<http::Response> list_reply_templates(Call& call);
Result<http::Response> add_reply_template(Call& call);
Result<http::Response> change_reply_template(Call& call);
Result<http::Response> remove_reply_template(Call& call);
Result<http::Response> use_reply_template(Call& call);

}  // namespace tandem::api::native
