#include "api/ratings/routes.h"

#include "access/people.h"
#include "access/throttle.h"
#include "api/page_words.h"
#include "api/ratings/rating_page.h"
#include "base/text.h"
#include "desk/ratings/ratings.h"
#include "http/multipart.h"

namespace tandem::api::ratings {

namespace {

constexpr size_t body_bytes_max = 16 * 1024;

/// Tokens that are wrong count against whoever tries them; a right one is not counted.
Result<desk::RatingLink> link_of(const http::Request& request, Services& services) {
  Result<desk::RatingLink> link =
      desk::read_rating_token(services.desk, request.param("token"), services.clock.now());
  if (link || link.error().kind != RefusalKind::not_found) return link;
  const auto counted = services.database.write([&](db::Transaction& tx) -> Result<void> {
    return access::begin_attempt(tx, access::attempts_from(request.peer_address, "rating"));
  });
  if (!counted) return counted.error();
  return link;
}

/// A GET never stores a rating: programs that look for malware, and previews, follow every link of
/// a mail before its reader does. The face of the link is only chosen beforehand.
Result<http::Response> show(const http::Request& request, Services& services) {
  const desk::RatingLink link = TRY(link_of(request, services));
  RatingForm form;
  form.token = std::string(request.param("token"));
  form.asked = TRY(services.database.read([&](db::Transaction& tx) -> Result<desk::AskedRating> {
    return desk::asked_rating(tx, link);
  }));
  form.remark = form.asked.remark;
  form.chosen = desk::rating_from_word(request.query_value("face").value_or(""));
  if (!form.chosen) form.chosen = form.asked.rating;
  return form_page(200, form);
}

std::string value_of(const http::Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return value;
  }
  return "";
}

Result<http::Response> give(const http::Request& request, Services& services) {
  const desk::RatingLink link = TRY(link_of(request, services));
  if (request.body.size() > body_bytes_max) {
    return too_large("text_too_long", "Shorten your comment to 1,000 characters.", "remark");
  }
  const http::Pairs pairs = TRY(http::read_form(request.body));
  RatingForm form;
  form.token = std::string(request.param("token"));
  form.remark = value_of(pairs, "remark");
  form.chosen = desk::rating_from_word(value_of(pairs, "rating"));
  Result<void> given = services.database.write([&](db::Transaction& tx) -> Result<void> {
    form.asked = TRY(desk::asked_rating(tx, link));
    if (!form.chosen) return invalid("rating", "required", "Choose one of the three faces.");
    return desk::give_rating(tx, services.desk, link, *form.chosen, form.remark);
  });
  if (given) {
    services.wake();
    return thanks_page(form);
  }
  if (given.error().kind != RefusalKind::invalid) return given.error();
  form.fault = given.error().field;
  return form_page(422, form);
}

using Handler = Result<http::Response> (*)(const http::Request&, Services&);

http::Response answer(Handler handler, const http::Request& request, Services& services) {
  Result<http::Response> page = handler(request, services);
  http::Response response =
      page ? std::move(*page)
           : refusal_page(locale_asked(request.header("Accept-Language")), page.error());
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Robots-Tag", "noindex");
  response.set_header("Referrer-Policy", "no-referrer");
  response.set_header("Content-Security-Policy",
                      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                      "frame-ancestors 'none'; form-action 'self'");
  return response;
}

}  // namespace

void add_routes(http::Router& router, Services& services) {
  router.add({http::Method::get, "/rate/{token}", [&services](const http::Request& request) {
                return answer(show, request, services);
              }});
  router.add({http::Method::post, "/rate/{token}", [&services](const http::Request& request) {
                return answer(give, request, services);
              }});
}

}  // namespace tandem::api::ratings
