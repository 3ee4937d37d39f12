// HTML that is put together from parts: whatever comes from outside is escaped where it is put in,
// and there is no other way to put it in. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace offline::intake::console {

// & < > " ' as entities; control characters, which have no place in a page, as a visible sign.
std::string escaped(std::string_view text);

// What is markup and nothing else.
class Html {
  public:
    Html() = default;
    // Literals alone: markup that stands in this program.
    template <std::size_t N>
    // NOLINTNEXTLINE(google-explicit-constructor)
    Html(const char (&markup)[N]) : text_(markup, N - 1) {}
    static Html text(std::string_view outside) {
        Html out;
        out.text_ = escaped(outside);
        return out;
    }
    // Made by this program and known to be markup: a picture.
    static Html trusted(std::string markup) {
        Html out;
        out.text_ = std::move(markup);
        return out;
    }
    Html& operator+=(const Html& more) {
        text_ += more.text_;
        return *this;
    }
    friend Html operator+(Html a, const Html& b) {
        a += b;
        return a;
    }
    const std::string& str() const { return text_; }
    bool empty() const { return text_.empty(); }

  private:
    std::string text_;
};

// One field of a body of application/x-www-form-urlencoded; empty when it is not there or not
// UTF-8.
std::string form_field(std::string_view body, std::string_view name);

// One cookie of a Cookie header; empty when it is not there.
std::string cookie_field(std::string_view header, std::string_view name);

}  // namespace offline::intake::console
