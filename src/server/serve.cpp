#include "server/serve.h"

#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "access/housekeeping.h"
#include "api/channels/routes.h"
#include "api/crm/refusals.h"
#include "api/crm/routes.h"
#include "api/crm/watch_payload.h"
#include "api/desk/refusals.h"
#include "api/desk/routes.h"
#include "api/desk/webhook_payload.h"
#include "api/imported_apps.h"
#include "api/native/routes.h"
#include "api/oauth/routes.h"
#include "api/ratings/routes.h"
#include "base/json.h"
#include "crm/bulk/bulk_jobs.h"
#include "crm/merging/merging.h"
#include "crm/notes/attachments.h"
#include "crm/signals/signal_rounds.h"
#include "crm/watches/watch_feed.h"
#include "crm/watches/watch_sending.h"
#include "deliveries/change_feed.h"
#include "desk/activities/activity_reminders.h"
#include "desk/automation/timed_round.h"
#include "desk/channels/call_events.h"
#include "desk/channels/channel_intake.h"
#include "desk/channels/web_form_submission.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/mail_sending.h"
#include "desk/conversation/waiting_files.h"
#include "desk/customers/contact_duplicates.h"
#include "desk/customers/contact_merging.h"
#include "desk/customers/contact_names.h"
#include "desk/customers/phone_numbers.h"
#include "desk/dashboards/figures_keeping.h"
#include "desk/mail/mail_intake.h"
#include "desk/mail/mailbox_poller.h"
#include "desk/notifications/notification_sending.h"
#include "desk/service_levels/service_level_events.h"
#include "desk/spam/spam.h"
#include "desk/tickets/presence.h"
#include "desk/webhooks/webhook_feed.h"
#include "desk/webhooks/webhook_sending.h"
#include "http/forwarded.h"
#include "http/router.h"
#include "http/server.h"
#include "http/static_files.h"
#include "imports/imports.h"
#include "jobs/queue.h"
#include "live/hub.h"
#include "server/bulk_callbacks.h"
#include "server/embedded_web.h"

namespace tandem::server {

namespace {

/// A minute's work on contacts of an older version, so that other jobs have their turn.
constexpr int contact_name_steps = 20;

// Most of their time goes by waiting for servers of others; the slow ones must not hold up the
// rest.
constexpr int job_threads = 8;

std::vector<http::StaticFile> web_files() {
  std::vector<http::StaticFile> files;
  for (const EmbeddedFile& file : embedded_web()) files.push_back({file.path, file.bytes});
  return files;
}

/// Addresses of the APIs answer in their own words also when nothing is there; all others are the
/// web application. Behind "/crm/" an API has its version, a screen the id of its organisation.
bool belongs_to_an_api(std::string_view path) {
  for (const std::string_view start :
       {"/native/", "/api/", "/crm/v", "/crm/bulk/v", "/bigin/v", "/bigin/bulk/v", "/oauth/",
        "/forms/", "/hooks/", "/rate/"}) {
    if (path.starts_with(start)) return true;
  }
  return false;
}

/// What the HTTP server says by itself below the dialect's addresses, in the dialect's words.
std::optional<http::Response> in_the_paths_words(std::string_view path, int status,
                                                 const Refusal& refusal) {
  if (!path.starts_with("/api/v1/")) return std::nullopt;
  if (status == 413 || status == 503) return api::desk_dialect::show_refusal(refusal, nullptr);
  JsonWriter json;
  json.begin_object()
      .string("errorCode", status < 500 ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR")
      .string("message", refusal.message)
      .end_object();
  return http::Response::json(status, json.take());
}

void add_schedules(jobs::Worker& worker, const desk::Desk& desk) {
  worker.add_schedule("forget_expired", hour_ms, [](db::Database& database, const StopSign& stop) {
    access::forget_expired(database, stop);
  });
  worker.add_schedule("sweep_presence", hour_ms,
                      [](db::Database& database) { desk::sweep_presence(database); });
  worker.add_schedule("finish_intake", minute_ms, [&desk](db::Database&, const StopSign& stop) {
    desk::finish_intake(desk, stop);
  });
  worker.add_schedule("contact_numbers", minute_ms,
                      [](db::Database& database, const StopSign& stop) {
                        while (!stop.is_up() && desk::fill_contact_numbers(database) > 0) {
                        }
                        while (!stop.is_up() && desk::fill_contact_duplicates(database) > 0) {
                        }
                        while (!stop.is_up() && desk::fill_contact_name_keys(database) > 0) {
                        }
                      });
  worker.add_schedule("contact_names", minute_ms, [&desk](db::Database&, const StopSign& stop) {
    for (int step = 0; step < contact_name_steps && !stop.is_up(); ++step) {
      if (!desk::index_contact_names(desk)) return;
    }
  });
  const auto place = std::make_shared<desk::ChannelKeyPlace>();  // a std::function is copied
  worker.add_schedule("forget_channels", hour_ms, [place](db::Database& database) {
    desk::forget_form_sendings(database);
    desk::forget_call_events(database);
    desk::forget_channel_keys(database, *place);
  });
  worker.add_schedule(
      "figures", desk::figures_period_ms,
      [](db::Database& database, const StopSign& stop) { desk::keep_figures(database, stop); });
  worker.add_schedule(
      "sweep_files", hour_ms, [&desk](db::Database& database, const StopSign& stop) {
        desk::sweep_uploads(desk, stop);
        desk.files.sweep([&](OrgId org, int64_t file) {
          // Told to stop, it passes over the rest.
          if (stop.is_up()) return true;
          return database.read([&](db::Transaction& tx) {
            return desk::is_file_kept(tx, org, file) || crm::is_file_kept(tx, org, file) ||
                   crm::is_bulk_file_kept(tx, org, file) ||
                   imports::is_import_file_kept(tx, org, file);
          });
        });
      });
}

/// What is wrong with a row is told in the words of the dialect that asked.
crm::Bulk bulk_of(Program& program) {
  return {.database = program.database(),
          .files = program.files(),
          .applications = program.applications(),
          .word_of = [](const Refusal& refusal) {
            return std::string(api::crm_dialect::code_word(refusal));
          }};
}

/// All that the worker does.
void add_jobs(jobs::Worker& worker, Program& program, const crm::Bulk& bulk,
              const imports::Imports& files_in) {
  const desk::Desk& desk = program.desk();
  const Leases& leases = program.config().leases;
  worker.set_lease_ms(leases.jobs_s * second_ms);
  desk::add_mail_jobs(worker, desk, leases.sending_s * second_ms, program.config().base_url);
  desk::add_notification_jobs(worker, desk, program.config().base_url);
  desk::add_automation_jobs(worker, desk);
  desk::add_service_level_jobs(worker, desk);
  imports::add_import_jobs(worker, files_in);
  desk::add_activity_jobs(worker, desk);
  desk::add_contact_jobs(worker, desk);
  desk::add_webhook_jobs(worker, desk);
  desk::add_spam_jobs(worker, desk);
  crm::add_bulk_jobs(worker, bulk);
  crm::add_signal_jobs(worker, program.applications());
  crm::add_merge_jobs(worker, program.applications());
  add_bulk_callbacks(worker, bulk, program.config().base_url, desk.mail_guard);
  add_schedules(worker, desk);
}

/// Readers of the change log that have servers of others told what it says.
class Feeds {
 public:
  /// Tells the worker, too, how watches are told. All outlive the feeds.
  Feeds(Program& program, api::Services& services, jobs::Worker& worker)
      : webhooks_(program.desk(), api::desk_dialect::webhook_payload(services),
                  [&worker] { worker.wake(); }),
        watches_(
            program.database(),
            crm::watch_feed_reader(program.applications(), api::crm_dialect::watch_face(services)),
            [&worker] { worker.wake(); }) {
    crm::add_watch_jobs(worker, program.database(), program.applications(),
                        api::crm_dialect::watch_face(services),
                        {.may_reach = program.desk().mail_guard});
  }
  void start() {
    webhooks_.start();
    watches_.start();
  }
  void stop() {
    webhooks_.stop();
    watches_.stop();
  }
  void wake() {
    webhooks_.wake();
    watches_.wake();
  }

 private:
  desk::WebhookFeed webhooks_;
  deliveries::ChangeFeed watches_;
};

}  // namespace

void add_faces(http::Router& router, api::Services& services) {
  api::native::add_routes(router, services);
  api::oauth::add_routes(router, services);
  api::desk_dialect::add_routes(router, services);
  api::crm_dialect::add_routes(router, services);
  api::channels::add_routes(router, services);
  api::ratings::add_routes(router, services);
}

Result<void> serve(Program& program, const std::function<bool()>& should_stop,
                   const std::function<void(int)>& on_ready) {
  const desk::Desk& desk = program.desk();
  const crm::Bulk bulk = bulk_of(program);
  const imports::Imports files_in{.database = program.database(),
                                  .files = program.files(),
                                  .applications = program.applications(),
                                  .apps = api::imported_apps()};
  jobs::Worker worker(program.database(), job_threads);
  add_jobs(worker, program, bulk, files_in);
  live::Hub hub(program.database());
  desk::MailboxPoller poller(desk, program.config().leases.mailboxes_s * second_ms);

  std::function<void()> wake_feeds;
  api::Services services{.database = program.database(),
                         .applications = program.applications(),
                         .files = program.files(),
                         .desk = desk,
                         .clock = program.clock(),
                         .base_url = program.config().base_url,
                         .secret_key = program.secret_key(),
                         .secure_cookies = program.config().base_url.starts_with("https://"),
                         .wake =
                             [&] {
                               worker.wake();
                               hub.wake();
                               wake_feeds();
                             },
                         .listen =
                             [&](const access::Actor& actor, int64_t session,
                                 std::shared_ptr<http::EventStream> stream) {
                               return hub.add(actor, session, std::move(stream));
                             },
                         .drop_listeners = [&](PersonId person) { hub.drop(person); }};

  Feeds feeds(program, services, worker);
  wake_feeds = [&] { feeds.wake(); };

  http::Router router;
  add_faces(router, services);
  const std::vector<http::StaticFile> files = web_files();
  const http::StaticFiles web(files);

  http::Server server({.host = program.config().host,
                       .port = program.config().port,
                       .workers = program.config().workers,
                       .write_workers = program.config().write_workers,
                       .failure_face = in_the_paths_words},
                      program.clock());
  hub.start();
  TRY(server.start([&](http::Request& request) {
    http::settle_origin(request, program.config().proxies);
    if (!belongs_to_an_api(request.path)) return web.answer(request);
    http::Response response = router.answer(request);
    http::add_security_headers(response);
    return response;
  }));
  worker.start();
  feeds.start();
  if (program.config().keeps_polling) poller.start();
  on_ready(server.bound_port());
  while (!should_stop()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  poller.stop();
  hub.stop();
  feeds.stop();
  server.stop();
  worker.stop();
  return {};
}

}  // namespace tandem::server
