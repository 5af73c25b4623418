#include "desk/mail/same_mail.h"

#include <algorithm>

#include "base/text.h"

namespace tandem::desk {

namespace {

bool is_white(char letter) {
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

std::string without_white(std::string text) {
  std::erase_if(text, is_white);
  return text;
}

std::string words_of(const mail::ParsedMail& mail) {
  return without_white(mail.text.empty() ? html_to_text(mail.html) : mail.text);
}

/// Line ends of text files change on the way.
bool is_same_file(const mail::Attachment& one, const mail::Attachment& other) {
  if (one.name != other.name) return false;
  return one.bytes == other.bytes || without_white(one.bytes) == without_white(other.bytes);
}

}  // namespace

bool is_same_mail(const mail::ParsedMail& one, const mail::ParsedMail& other) {
  if (ascii_lower(one.from.address) != ascii_lower(other.from.address)) return false;
  if (one.subject != other.subject || one.date != other.date) return false;
  const std::string words = words_of(one);
  const std::string other_words = words_of(other);
  if (!words.starts_with(other_words) && !other_words.starts_with(words)) return false;
  if (words.empty() != other_words.empty()) return false;
  return std::equal(one.attachments.begin(), one.attachments.end(), other.attachments.begin(),
                    other.attachments.end(), is_same_file);
}

}  // namespace tandem::desk
