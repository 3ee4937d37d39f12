// Somebody at a desk with packs made from the sample county's by changing words, and what the
// catalogue tools tell them.
#pragma once

#include "../catalogue/sample.hpp"
#include "provisioning/catalogue_tools/commands.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace desk {

namespace tools = provisioning::catalogue_tools;
using provisioning::technician::could_not;
using provisioning::technician::went_well;
using provisioning::technician::went_wrong;

inline std::string county_text() {
    return std::string(base::as_text(base::read_file(sample::pack_folder + "/pack.json").value()));
}

// The first time `from` stands there.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

// How an editor names the place: “:12:7:”.
inline std::string editor_place(const std::string& text, std::size_t at) {
    const auto line_begin = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const std::size_t begin = line_begin == std::string::npos ? 0 : line_begin + 1;
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const auto column = 1 + base::count_code_points(text.substr(begin, at - begin));
    return ":" + std::to_string(line) + ":" + std::to_string(column) + ":";
}

class Desk : public testing::Test {
  protected:
    Desk()
        : folder(testing::TempDir() + "catalogue_desk_" + std::to_string(::getpid()) + "_" +
                 testing::UnitTest::GetInstance()->current_test_info()->name()) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    ~Desk() override { std::filesystem::remove_all(folder); }

    // A folder with this pack.
    std::string pack_of(const std::string& name, const std::string& text) {
        const std::string place = folder + "/" + name;
        std::filesystem::create_directories(place);
        EXPECT_TRUE(base::write_file(place + "/pack.json", base::to_bytes(text)));
        return place;
    }
    std::string pack_of(const std::string& name, const sample::json& pack) {
        return pack_of(name, pack.dump(1));
    }

    bool has_said(const std::string& part) const { return found_in(said, part); }
    bool has_complained(const std::string& part) const { return found_in(complained, part); }
    std::string everything() const {
        std::string out;
        for (const auto* lines : {&said, &complained})
            for (const auto& line : *lines) out += line + "\n";
        return out;
    }
    void forget() {
        said.clear();
        complained.clear();
    }

    std::string folder;
    std::vector<std::string> said, complained;
    tools::Say say = [this](const std::string& line) { said.push_back(line); };
    tools::Say complain = [this](const std::string& line) { complained.push_back(line); };
    base::ManualClock clock{base::Instant{}};

  private:
    static bool found_in(const std::vector<std::string>& lines, const std::string& part) {
        return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
            return line.find(part) != std::string::npos;
        });
    }
};

}  // namespace desk
