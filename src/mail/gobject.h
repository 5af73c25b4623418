#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>

namespace tandem::mail {

// Owners for what GMime and GLib hand out.

struct ObjectUnref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct MemoryFree {
  void operator()(void* memory) const { g_free(memory); }
};

template <class T>
using Owned = std::unique_ptr<T, ObjectUnref>;
using OwnedChars = std::unique_ptr<char, MemoryFree>;

/// Takes over a string of GLib's; "" for null.
inline std::string take_chars(char* chars) {
  const OwnedChars owner(chars);
  return chars ? std::string(chars) : std::string();
}

/// A view's worth of a C string that may be null.
inline std::string text_or_empty(const char* chars) { return chars ? chars : ""; }

/// GMime must be started once in a process, before any other call.
void start_gmime();

}  // namespace tandem::mail
