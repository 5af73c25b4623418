#include "desk/conversation/thread_detail.h"

#include "base/json.h"

namespace tandem::desk {

std::string thread_detail(RecordId thread) {
  JsonWriter detail;
  detail.begin_object().id("thread", thread.value).end_object();
  return detail.take();
}

}  // namespace tandem::desk
