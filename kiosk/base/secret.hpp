// Secret<T>: personal data behind a counted, immutable, shared handle. Copying a session copies no
// person; the last owner wipes the bytes. It has no formatter, so logging one does not compile.
// Any thread may copy and read; T is never changed after construction.
#pragma once

#include <atomic>
#include <concepts>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace base {

// How many secrets are alive in this process. Idle must mean zero in a session.
long live_secrets();

// Overwrites memory in a way the optimiser keeps.
void wipe_memory(void* data, std::size_t size);

template <class Char>
void wipe(std::basic_string<Char>& text) {
    text.resize(text.capacity());
    wipe_memory(text.data(), text.size() * sizeof(Char));
    text.clear();
}
template <class T>
requires std::is_trivially_copyable_v<T>
void wipe(std::vector<T>& values) {
    wipe_memory(values.data(), values.size() * sizeof(T));
    values.clear();
}
template <class T>
requires std::is_trivially_copyable_v<T>
void wipe(T& value) {
    wipe_memory(&value, sizeof value);
}
template <class T>
concept Wipeable = requires(T& value) {
    value.wipe();
};
template <Wipeable T>
void wipe(T& value) {
    value.wipe();
}

namespace detail {
extern std::atomic<long> live_secret_count;

template <class T>
struct SecretBox {
    explicit SecretBox(T&& v) : value(std::move(v)) { ++live_secret_count; }
    SecretBox(const SecretBox&) = delete;
    SecretBox& operator=(const SecretBox&) = delete;
    ~SecretBox() {
        wipe(value);
        --live_secret_count;
    }
    T value;
};
}  // namespace detail

template <class T>
class Secret {
  public:
    // An empty handle; `*` on it is a bug.
    Secret() = default;
    explicit Secret(T value) : box_(std::make_shared<detail::SecretBox<T>>(std::move(value))) {}

    const T& operator*() const { return box_->value; }
    const T* operator->() const { return &box_->value; }
    explicit operator bool() const { return box_ != nullptr; }

    friend bool operator==(const Secret& a, const Secret& b) requires std::equality_comparable<T> {
        if (a.box_ == b.box_) return true;
        return a.box_ && b.box_ && a.box_->value == b.box_->value;
    }

  private:
    std::shared_ptr<const detail::SecretBox<T>> box_;
};

using SecretText = Secret<std::string>;

}  // namespace base
