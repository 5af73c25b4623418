#pragma once

#include "api/native/call.h"

// Settings of automation: business hours, lists of holidays, and the policies of service levels.

namespace tandem::api::native {

Result<http::Response> list_business_hours(Call& call);
Result<http::Response> add_business_hours(Call& call);
Result<http::Response> change_business_hours(Call& call);
Result<http::Response> remove_business_hours(Call& call);
Result<http::Response> list_holiday_lists(Call& call);
Result<http::Response> add_holiday_list(Call& call);
Result<http::Response> change_holiday_list(Call& call);
Result<http::Response> remove_holiday_list(Call& call);
Result<http::Response> list_service_levels(Call& call);
Result<http::Response> add_service_level(Call& call);
Result<http::Response> change_service_level(Call& call);
Result<http::Response> remove_service_level(Call& call);

}  // namespace tandem::api::native
