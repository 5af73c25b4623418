#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

// Slows guessing down without locking anybody out for good. An attempt is counted before its
// password is hashed, so that many at once can't slip through; a success takes the count back.

namespace tandem::access {

enum class ThrottleSubject { account, known_pair, address, network };

/// How long the next attempt must wait after `failures` in a row: nothing at first, then doubling
/// up to a cap. account: free 5, cap 30 s (short: it also stops the owner on a new network).
/// known_pair (account and a network it has signed in from), address and network (/64): free 10,
/// 20, 40; cap 15 min.
int64_t throttle_delay_ms(ThrottleSubject subject, int64_t failures);

/// A count older than this starts anew.
constexpr int64_t throttle_memory_ms = day_ms;

struct Attempt {
  ThrottleSubject kind = ThrottleSubject::account;
  std::string subject = {};  // as stored: hashed where it names an account
};

/// The attempts that one sign-in counts as. `account`: an e-mail address, known or not.
/// `knows_network`: the person has signed in from here before, so that the account's own count does
/// not stop them.
enum class KnowsNetwork { no, yes };
std::vector<Attempt> attempts_of(std::string_view account, std::string_view address,
                                 KnowsNetwork known);
/// What counts against the address and its network alone, apart from signing in. `purpose`: a word
/// of the program. Nothing when the address is unknown.
std::vector<Attempt> attempts_from(std::string_view address, std::string_view purpose);
/// "192.0.2.7" stays; IPv6 becomes its /64: "2001:db8:1:2::/64"; other text stays, cut.
std::string network_of(std::string_view address);

/// Counts the attempt, or refuses with busy "throttled" when one of its subjects must still wait.
Result<void> begin_attempt(db::Transaction& tx, const std::vector<Attempt>& attempts);
/// It was right. password_only: this attempt is forgotten, earlier ones stay, since the second
/// factor may be guessed. everything: the account's counts vanish too.
enum class Proven { password_only, everything };
void take_back_attempt(db::Transaction& tx, const std::vector<Attempt>& attempts, Proven proven);

Refusal throttled(int64_t wait_ms);

}  // namespace tandem::access
