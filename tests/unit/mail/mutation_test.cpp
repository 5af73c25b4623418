#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "base/text.h"
#include "mail/classify.h"
#include "mail/message.h"
#include "mail/quote.h"
#include "tests/unit/mail/sample_mails.h"

namespace tandem::mail {
namespace {

constexpr int mutations = 20'000;

// TANDEM_SEED repeats a run.
uint64_t seed_of_run() {
  const char* const given = std::getenv("TANDEM_SEED");
  return given ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

class Mutator {
 public:
  explicit Mutator(uint64_t seed) : random_(seed) {}
  size_t below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  std::string mutate(std::string raw, const std::string& other) {
    const size_t changes = 1 + below(8);
    for (size_t i = 0; i < changes && !raw.empty(); ++i) change(raw, other);
    return raw;
  }

 private:
  void change(std::string& raw, const std::string& other) {
    const size_t at = below(raw.size());
    const size_t length = below(std::min<size_t>(raw.size() - at, 64)) + 1;
    switch (below(6)) {
      case 0: raw[at] = static_cast<char>(below(256)); break;
      case 1: raw.erase(at, length); break;
      case 2: raw.insert(at, raw.substr(at, length)); break;
      case 3: raw.insert(at, other.substr(below(other.size()), below(300))); break;
      case 4: raw.insert(at, length, "\r\n\0<>=?;:\"-"[below(11)]); break;
      case 5: raw.resize(at); break;
    }
  }

  std::mt19937_64 random_;
};

void expect_sound(const ParsedMail& mail) {
  EXPECT_TRUE(is_utf8(mail.subject) && is_utf8(mail.from.name) && is_utf8(mail.text) &&
              is_utf8(mail.html));
  for (const Attachment& attachment : mail.attachments) {
    EXPECT_FALSE(attachment.name.empty());
    EXPECT_EQ(attachment.name.find_first_of("/\\\r\n"), std::string::npos);
    EXPECT_TRUE(is_utf8(attachment.name));
  }
}

TEST(MutatedMails, AreReadOrRefusedAndNeverCrash) {
  const uint64_t seed = seed_of_run();
  std::cout << "TANDEM_SEED=" << seed << "\n";
  Mutator mutator(seed);
  std::vector<std::string> samples;
  for (const std::string& name : sample_mail_names()) samples.push_back(sample_mail(name));
  int taken = 0;
  for (int i = 0; i < mutations; ++i) {
    const std::string& sample = samples[mutator.below(samples.size())];
    const std::string raw = mutator.mutate(sample, samples[mutator.below(samples.size())]);
    const Result<ParsedMail> mail = parse_mail(raw);
    if (!mail) continue;
    ++taken;
    expect_sound(*mail);
    (void)classify(*mail);
    const SplitBody html = split_quoted_html(mail->html);
    EXPECT_EQ(html.fresh.size() + html.signature.size() + html.quoted.size(), mail->html.size());
    (void)split_quoted_text(mail->text);
    (void)sanitise_html(html.fresh);
    if (HasFailure()) break;
  }
  EXPECT_GT(taken, mutations / 2);
}

}  // namespace
}  // namespace tandem::mail
