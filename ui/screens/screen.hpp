// Screen: everything one page shows, as plain values. kiosk/app builds it from the session
// (present()), ui::screens::draw() puts it on the panel, registers it in the semantic tree and
// hands back at most one Action. A Screen decides nothing; ids are those that present() gave. Texts
// may be personal (masked names, the review page): a Screen is wiped when its page goes.
#pragma once

#include "base/locale.hpp"
#include "base/secret.hpp"
#include "domain/comfort.hpp"
#include "domain/device_places.hpp"
#include "domain/face_verdict.hpp"
#include "domain/strokes.hpp"
#include "domain/touch_matrix.hpp"
#include "ui/screens/blocks/button.hpp"
#include "ui/screens/blocks/picking.hpp"
#include "ui/screens/blocks/reading.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ui::screens {

enum class Tone { plain, info, success, warn, danger };

// ---- blocks, from top to bottom in the order given --------------------------------------------

// The gradient banner of the home page.
struct Hero {
    std::string title{}, line{}, note{};
};

// A framed strip with an icon, two lines and at most one button: "放身份证即可登录".
struct Strip {
    IconName icon{};
    std::string title{}, note{};
    std::optional<Button> button{};
    Tone tone = Tone::info;
    Sensitivity sensitivity = Sensitivity::open;
};

enum class TileSize { large, medium, elder_row };
struct Tile {
    std::string id{};
    IconName icon{};
    std::string title{}, note{};
    bool strong = false;  // filled (找人帮忙 in elder mode)
};
struct Tiles {
    TileSize size = TileSize::large;  // large: 2 a row; medium: 4 a row; elder_row: 1 a row
    std::vector<Tile> tiles{};
};

// Rounded outlined buttons in one row: 中文 / English, 全部服务.
struct Chips {
    std::vector<Button> chips{};
};

// A paragraph of a text card: an optional bold lead, then text; may carry a heading of its own.
struct Paragraph {
    std::string heading{};
    std::string lead{};
    std::string text{};
    bool secondary = false;
    Sensitivity sensitivity = Sensitivity::open;
};
struct TextCard {
    std::string title{};
    std::vector<Paragraph> paragraphs{};
};

// A tinted card with an icon, a title and lines. `large` is the result banner of the receipt page.
struct Notice {
    Tone tone = Tone::info;
    IconName icon{};
    std::string title{};
    std::vector<std::string> lines{};
    bool large = false;
    Sensitivity sensitivity = Sensitivity::open;
};

struct KeyValue {
    std::string label{}, value{};
    bool strong = false;             // large type: the local number
    std::string tag{};               // 已自动填写
    std::optional<Button> action{};  // 修改
    Sensitivity sensitivity = Sensitivity::open;
    std::optional<Button> reveal{};  // 显示, before 修改
};
// A white card of labelled values, with a QR code at its side when there is one.
struct KeyValues {
    std::string title{};
    std::vector<KeyValue> rows{};
    std::string qr_text{};  // empty = no code
    std::vector<std::string> qr_caption{};
};

struct Choice {
    std::string id{};
    std::string title{}, note{};
    IconName icon{};
    bool selected = false;
};
// A setting with a few equal options in one row, one of them chosen: 字号 标准 大 特大.
struct OptionRow {
    IconName icon{};
    std::string label{};
    struct Option {
        std::string id{}, text{};
        bool selected = false;
    };
    std::vector<Option> options{};
};

enum class ChoiceStyle {
    rows,   // one a row, ≥ 20 mm
    pair,   // two side by side, identical
    found,  // rows as low as fingers allow, the best first: while keys are up, those that have room
};
struct Choices {
    ChoiceStyle style = ChoiceStyle::rows;
    bool radio = false;  // draws ○ / ◉
    std::vector<Choice> choices{};
};

struct Tick {
    std::string id{};
    std::string text{};
    bool ticked = false;
};
struct Ticks {
    std::string title{};
    std::vector<Tick> ticks{};  // each row is one target ≥ 20 mm
    std::string footnote{};
};

enum class Keyboard {
    none,
    number,
    number_x,
    money,  // digits and the point
    pinyin,
    search,       // as pinyin, but begins with letters as they are; old hands write
    ascii,        // letters as they are, digits, signs; nothing is composed
    code,         // capitals and digits of a slip
    credit_code,  // those of GB 32100
    plate,        // first the provinces, then capitals and digits
};
struct Field {
    std::string id{};
    std::string label{}, hint{};
    base::SecretText value{};  // as stored; shown through `shown` when that is not empty
    std::string shown{};       // grouped or masked form
    std::string tag{};
    std::string error{};                 // empty = fine
    Keyboard keyboard = Keyboard::none;  // of the field in focus, the keyboard is drawn
    std::optional<Button> action{};      // 修改 on a prefilled, locked field
    std::size_t max_code_points = 60;
    bool middle_dot = false;  // a person's name: the key · stands beside the candidates
    bool focused = false;
    Sensitivity sensitivity = Sensitivity::personal;
};

struct ErrorSummary {
    std::string title{};  // 有 2 处需要修改
    struct Line {
        std::string field_id{}, text{};  // a tap goes to the field: Pressed{field_id}
    };
    std::vector<Line> lines{};
};

struct SignaturePad {
    std::string id{};
    std::string label{};
    std::string clear_text{};                 // 重签
    base::Secret<domain::Strokes> strokes{};  // what the session holds; the pad adds to it
};

// What is to be held into the picture: a face in an oval, or a thumb print on paper.
enum class PreviewFrame { face, paper, code };
struct CameraPreview {
    std::string guidance{};
    std::string lamp_text{};  // 摄像头使用中
    domain::FaceMeasures measures{};
    std::vector<std::string> check_names{};  // 光线 距离 一个人 正对, in the order of FaceMeasures
    PreviewFrame frame = PreviewFrame::face;
};

enum class DevicePictureKind {
    place_card,
    card_reading,
    take_card,
    take_paper,
    look_here,  // the camera
    plug_in,    // headphones
};
struct DevicePicture {
    DevicePictureKind kind = DevicePictureKind::place_card;
    std::string caption{};
    bool busy = false;
    std::string where{};  // 读卡区在屏幕右下方
    domain::DevicePlaces places{};
    bool receipt_printer = false;  // the terminal has one
};

// Where a paper comes out of this machine.
struct Outlet {
    domain::DevicePlaces places{};
    bool receipt_printer = false;  // the terminal has one
    bool slip = false;             // and this paper comes out of it
};

struct Progress {
    IconName icon{};
    std::string text{};
    double fraction = -1;  // < 0: working, length unknown
    // What it will say, or said, in another state; the block is as high as either needs, so that
    // nothing below it moves (UX-158).
    std::string otherwise{};
    std::optional<Outlet> outlet{};  // drawn as a small machine in place of the icon
};

// Plain text on the page ground: a centred small line, or a body line.
struct Line {
    std::string text{};
    bool small = true;
    bool centred = true;
};

struct ButtonRow {
    // Shared width; a primary is drawn wider than one secondary. Of one without an id only the
    // place is kept: it comes while the page stands, and the others stay where they are (UX-158).
    std::vector<Button> buttons{};
};

using Block =
    std::variant<Hero, Strip, Tiles, Chips, TextCard, Notice, KeyValues, Choices, OptionRow, Ticks,
                 Field, ErrorSummary, SignaturePad, CameraPreview, DevicePicture, Progress, Line,
                 ButtonRow, Table, LongText, PagePicture, DateField, DivisionPicker>;

// Overwrites the texts of one block.
void wipe(Block& block);

// ---- the frame round the blocks -----------------------------------------------------------------

enum class LineTone { good, waiting, bad };
struct Header {
    std::string brand_mark{};  // 民
    std::string title{};
    std::string who{};               // masked name, empty before identification
    std::optional<Button> not_me{};  // 不是本人
    std::string line_text{};         // 网络正常, 离线可办
    LineTone line_tone = LineTone::good;
    std::string time_text{};
};

struct Steps {
    std::vector<std::string> names{};  // empty = no steps on this page
    int current = 0;                   // from 0
};

struct UtilityButton {
    std::string id{};
    IconName icon{};
    std::string text{};
    bool enabled = true;
    bool danger = false;
    bool boxed = false;  // elder theme draws boxes
};

// Over everything; swallows every touch. Any touch outside the second button is the first button.
struct Overlay {
    std::string title{}, text{};
    int seconds = 0;
    Button stay{}, leave{};
};

// What stands instead of a page that nobody has touched for minutes.
struct Attract {
    std::string title{}, line{}, note{};
};

// A test of the panel itself, over all of it: nothing else of the page is drawn. A finger draws on
// the touch's three (SignatureDrawn of the id, in units of the panel); the others are one button.
struct PanelTest {
    enum class Kind { touch, drift, cross, colour, ruler };
    Kind kind = Kind::touch;
    std::string id{};
    std::string guidance{}, note{};
    int columns = 1, rows = 1;    // of the grid
    std::vector<bool> touched{};  // row by row
    int colour = 0;               // red, green, blue, white, black
    domain::PanelPoint cross{};   // where it stands
};

// How the panel would look with other measures, for as long as the page says so.
struct PanelTrial {
    double pixels_per_mm = 0, lower_edge_mm = 0;
};

struct Screen {
    std::string name{};  // stable page name: home, place_card, form_address …
    domain::Comfort comfort{};
    std::string training_band{};  // 演示 …; empty in service
    std::string power_band{};     // 停电了 …, in the same band; empty on mains
    Header header{};
    Steps steps{};
    std::string title{}, subtitle{};
    Sensitivity heading = Sensitivity::open;  // personal: facts of the person stand in it
    // A technician may come in here, by a chain of taps that nothing shows (service_corner.hpp).
    bool service_corner = false;
    bool low = false;  // content starts in the reachable part (rating, consent)
    std::vector<Block> blocks{};
    std::vector<UtilityButton> utility{};  // bottom bar, same order on every page
    std::vector<Button> speech{};          // 重播 暂停, above the bar while the page speaks
    std::optional<Overlay> overlay{};
    std::optional<Attract> attract{};  // of a page that may rest: the panel's care (resting.hpp)
    std::optional<PanelTest> panel_test{};
    std::optional<PanelTrial> trial{};
    domain::TouchMatrix touch{};             // by which touches are mended while this page stands
    base::Locale locale = base::Locale::zh;  // of the keys and of what draw() itself says

    void wipe();  // overwrites every text
};

// ---- what a person did
// ---------------------------------------------------------------------------

struct Pressed {  // any button, tile, choice, tick, field, chip, utility button
    std::string id{};
    friend bool operator==(const Pressed&, const Pressed&) = default;
};
struct TextEdited {  // a finished edit: one digit, one chosen candidate, one deletion
    std::string field{};
    base::SecretText text{};
    friend bool operator==(const TextEdited&, const TextEdited&) = default;
};
struct SignatureDrawn {  // after each stroke; empty after 重签
    std::string pad{};
    base::Secret<domain::Strokes> strokes{};
    friend bool operator==(const SignatureDrawn&, const SignatureDrawn&) = default;
};
// The five keys for hands and ears (UX-186).
enum class Key { next, previous, select, repeat, help };
struct KeyUsed {  // a key that pressed no control
    Key key{};
    friend bool operator==(const KeyUsed&, const KeyUsed&) = default;
};
struct Woken {  // a touch on the darkened panel
    friend bool operator==(const Woken&, const Woken&) = default;
};
struct ServiceCornerHeld {  // the whole chain, to its end
    friend bool operator==(const ServiceCornerHeld&, const ServiceCornerHeld&) = default;
};
using Action = std::variant<Pressed, TextEdited, SignatureDrawn, KeyUsed, Woken, ServiceCornerHeld>;

}  // namespace ui::screens
