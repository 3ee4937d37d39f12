#include "ui/ime/rime_schemas.hpp"

#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace ui::ime {

namespace {

namespace fs = std::filesystem;

// Each syllable is there twice: in letters, and in the digits of its letters.
constexpr std::string_view nine_keys = R"(schema:
  schema_id: nine_key
  name: nine_key
  version: "1"
switches:
  - {name: simplified, reset: 1}
engine:
  processors: [speller, express_editor]
  segmentors: [abc_segmentor, fallback_segmentor]
  translators: [script_translator]
  filters: [simplifier, uniquifier]
simplifier:
  option_name: simplified
speller:
  alphabet: "abcdefghijklmnopqrstuvwxyz23456789"
  delimiter: " '"
  algebra:
    - "derive/^([a-z]+)$/\\U$1/"
    - "xlit/ABCDEFGHIJKLMNOPQRSTUVWXYZ/22233344455566677778889999/"
translator:
  dictionary: luna_pinyin
  prism: nine_key
  enable_user_dict: false
  spelling_hints: 20
)";

// Not simplified: what a name needs may be a character that a conversion would change.
constexpr std::string_view strokes = R"(schema:
  schema_id: five_strokes
  name: five_strokes
  version: "1"
engine:
  processors: [speller, express_editor]
  segmentors: [abc_segmentor, fallback_segmentor]
  translators: [table_translator]
  filters: [uniquifier]
speller:
  alphabet: "hspnz"
  delimiter: " '"
translator:
  dictionary: stroke
  prism: stroke
  enable_user_dict: false
  enable_sentence: false
)";

std::optional<std::string> read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

bool write(const fs::path& path, std::string_view text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    return out.good();
}

}  // namespace

bool write_schemas(const fs::path& built, const fs::path& own) {
    auto pinyin = read(built / (std::string(pinyin_schema) + ".schema.yaml"));
    if (!pinyin) return false;
    constexpr std::string_view translator = "\ntranslator:\n";
    const auto at = pinyin->find(translator);
    if (at == std::string::npos) return false;
    pinyin->insert(at + translator.size(), "  enable_user_dict: false\n");
    std::error_code error;
    fs::create_directories(own / "build", error);
    const auto schema = [](const char* id) { return std::string(id) + ".schema.yaml"; };
    // librime compiles the nine keys from here into its own folder `build`.
    return write(own / schema(nine_key_schema), nine_keys) &&
           write(own / "build" / schema(pinyin_schema), *pinyin) &&
           write(own / "build" / schema(strokes_schema), strokes) &&
           write(own / "build" / "default.yaml",
                 std::string("schema_list:\n  - schema: ") + pinyin_schema + "\n");
}

}  // namespace ui::ime
