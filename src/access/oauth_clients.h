#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "db/database.h"

namespace tandem::access {

constexpr int oauth_clients_per_organisation_max = 200;
constexpr int redirect_uris_max = 20;

/// self: a program of one's own, given a code by hand. web: a server with a secret. public_: a
/// program that can't keep a secret ("public"); it must use PKCE.
enum class OAuthClientKind { self, web, public_ };
std::string_view word(OAuthClientKind kind);
std::optional<OAuthClientKind> oauth_client_kind_from_word(std::string_view word);

struct OAuthClient {
  RecordId id = {};
  OrgId org = {};
  std::string name = {};
  OAuthClientKind kind = OAuthClientKind::self;
  std::string client_id = {};
  std::vector<std::string> redirect_uris = {};
  Instant created_at = {};
  std::string secret_hash = {};  // raw; never shown
};

struct NewOAuthClient {
  std::string name = {};
  OAuthClientKind kind = OAuthClientKind::self;
  std::vector<std::string> redirect_uris = {};  // none for self
};

struct CreatedOAuthClient {
  OAuthClient client = {};
  std::string secret = {};  // shown once; "" for public_
};

/// These refuse: forbidden (manage_api), invalid (names the field), not_found.
Result<CreatedOAuthClient> create_oauth_client(db::Transaction& tx, const Actor& actor,
                                               const NewOAuthClient& client);
Result<std::vector<OAuthClient>> list_oauth_clients(db::Transaction& tx, const Actor& actor);
/// Its codes and tokens die with it.
Result<void> delete_oauth_client(db::Transaction& tx, const Actor& actor, RecordId id);

std::optional<OAuthClient> find_oauth_client(db::Transaction& tx, std::string_view client_id);
/// Whether the secret is the client's. False for a public client.
bool client_secret_matches(const OAuthClient& client, std::string_view secret);

}  // namespace tandem::access
