// Lines of a report, deeper by two spaces a level; the texts of a pack in Chinese or both
// languages.
#pragma once

#include "catalogue/text.hpp"
#include "provisioning/technician/file_tools.hpp"

#include <string>

namespace provisioning::catalogue_tools {

using technician::Say;

class Telling {
  public:
    Telling(bool english, const Say& say) : english_(english), say_(say) {}

    void line(int depth, const std::string& text) const {
        say_(std::string(static_cast<std::size_t>(depth) * 2, ' ') + text);
    }
    void gap() const { say_(""); }
    // “名称：文字”; nothing when there is no text.
    void named(int depth, const std::string& name, const catalogue::Text& text) const {
        if (!text.empty()) line(depth, name + "：" + words(text));
    }
    std::string words(const catalogue::Text& text) const {
        return english_ ? text.zh + "｜" + text.en : text.zh;
    }

  private:
    bool english_;
    const Say& say_;
};

}  // namespace provisioning::catalogue_tools
