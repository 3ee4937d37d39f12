// Wipes bytes or a record when its scope ends, whichever way it ends. What was moved away is left
// alone.
#pragma once

#include "base/secret.hpp"
#include "offline/formats/record.hpp"

namespace offline::sealing {

inline void forget(formats::Record& record) {
    formats::wipe(record);
}
template <class T>
void forget(T& bytes) {
    base::wipe(bytes);
}

template <class T>
class WipeAtEnd {
  public:
    explicit WipeAtEnd(T& secret) : secret_(secret) {}
    ~WipeAtEnd() { forget(secret_); }
    WipeAtEnd(const WipeAtEnd&) = delete;
    WipeAtEnd& operator=(const WipeAtEnd&) = delete;

  private:
    T& secret_;
};

}  // namespace offline::sealing
