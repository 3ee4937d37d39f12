#include "drivers/emulation/picture_tools.hpp"

#include "drivers/camera/emulated_camera.hpp"

#include <webp/encode.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace drivers::emulation {

namespace {

constexpr std::size_t chip_photo_size = 1024;
constexpr std::size_t chip_webp_max = 1020;
constexpr double feather = 0.12;  // of the person's width: how softly it meets the room

std::uint8_t* pixel(domain::Picture& picture, int x, int y) {
    return picture.rgb.data() +
           (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
            static_cast<std::size_t>(x)) *
               3;
}
const std::uint8_t* pixel(const domain::Picture& picture, int x, int y) {
    return pixel(const_cast<domain::Picture&>(picture), x, y);
}

domain::Picture blank(int width, int height) {
    domain::Picture out{width, height, {}};
    out.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    return out;
}

std::uint8_t rounded(double value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

// Which source pixels make up one target pixel, along one side, and how much each counts: the mean
// of what it covers when made smaller, between its two neighbours when enlarged.
struct Part {
    int at;
    double share;
};
std::vector<std::vector<Part>> coverage(double start, double length, int targets, int sources) {
    const double scale = length / targets, reach = std::max(1.0, scale);
    std::vector<std::vector<Part>> out(static_cast<std::size_t>(targets));
    for (int i = 0; i < targets; ++i) {
        const double middle = start + (i + 0.5) * scale;
        auto& parts = out[static_cast<std::size_t>(i)];
        double sum = 0;
        for (int s = static_cast<int>(std::floor(middle - reach)); s <= middle + reach; ++s) {
            const double weight = reach - std::abs(s + 0.5 - middle);
            if (weight <= 0) continue;
            parts.push_back({std::clamp(s, 0, sources - 1), weight});
            sum += weight;
        }
        for (auto& part : parts) part.share /= sum;
    }
    return out;
}

// WebP at `quality`, or nothing.
base::Bytes webp(const domain::Picture& picture, float quality) {
    WebPConfig config;
    WebPPicture input;
    if (WebPConfigInit(&config) == 0 || WebPPictureInit(&input) == 0) return {};
    config.quality = quality;
    config.method = 6;
    config.pass = 6;
    input.width = picture.width;
    input.height = picture.height;
    base::Bytes out;
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    input.writer = WebPMemoryWrite;
    input.custom_ptr = &writer;
    if (WebPPictureImportRGB(&input, picture.rgb.data(), picture.width * 3) != 0 &&
        WebPEncode(&config, &input) != 0)
        out.assign(writer.mem, writer.mem + writer.size);
    WebPMemoryWriterClear(&writer);
    WebPPictureFree(&input);
    return out;
}

}  // namespace

domain::Picture scaled(const domain::Picture& picture, Area area, int width, int height) {
    auto out = blank(width, height);
    const auto columns = coverage(area.left, area.width, width, picture.width);
    const auto rows = coverage(area.top, area.height, height, picture.height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            double sum[3] = {0, 0, 0};
            for (const auto& v : rows[static_cast<std::size_t>(y)])
                for (const auto& u : columns[static_cast<std::size_t>(x)]) {
                    const auto* in = pixel(picture, u.at, v.at);
                    for (int c = 0; c < 3; ++c) sum[c] += in[c] * u.share * v.share;
                }
            for (int c = 0; c < 3; ++c) pixel(out, x, y)[c] = rounded(sum[c]);
        }
    return out;
}

domain::Picture empty_room() {
    auto room = blank(camera::emulated_width, camera::emulated_height);
    for (int y = 0; y < room.height; ++y)
        for (int x = 0; x < room.width; ++x) {
            const double light = 1.0 - 0.25 * y / room.height;
            auto* out = pixel(room, x, y);
            out[0] = rounded(205 * light), out[1] = rounded(212 * light),
            out[2] = rounded(218 * light);
        }
    return room;
}

namespace {

// Each pixel the mean of its neighbours within `reach`, along one axis.
void smear(domain::Picture& picture, int reach, bool down) {
    const domain::Picture from = picture;
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            for (int channel = 0; channel < 3; ++channel) {
                int sum = 0;
                for (int step = -reach; step <= reach; ++step) {
                    const int at_x = std::clamp(x + (down ? 0 : step), 0, picture.width - 1);
                    const int at_y = std::clamp(y + (down ? step : 0), 0, picture.height - 1);
                    sum += from.rgb[static_cast<std::size_t>((at_y * picture.width + at_x) * 3 +
                                                             channel)];
                }
                pixel(picture, x, y)[channel] = static_cast<std::uint8_t>(sum / (2 * reach + 1));
            }
}

}  // namespace

domain::Picture paper_before_camera(PaperScene scene) {
    auto paper = blank(camera::emulated_width, camera::emulated_height);
    const double middle_x = paper.width / 2.0, middle_y = paper.height / 2.0;
    constexpr double half_width = 78, half_height = 105, ridge = 9;  // pixels
    for (int y = 0; y < paper.height; ++y)
        for (int x = 0; x < paper.width; ++x) {
            auto* out = pixel(paper, x, y);
            out[0] = 232, out[1] = 230, out[2] = 222;
            const double dx = x - middle_x, dy = y - middle_y;
            const double edge = std::hypot(dx / half_width, dy / half_height);
            if (scene == PaperScene::blank || edge > 1) continue;
            // Arches round a point below the middle, a little uneven.
            const double arch =
                std::hypot(dx, (dy - 25) * 0.8) + 4 * std::sin(dx / 31) + 3 * std::sin(dy / 23);
            const double wave = std::sin(arch * 2 * std::numbers::pi / ridge);
            if (scene != PaperScene::blot && wave < 0) continue;
            out[0] = 178, out[1] = 38, out[2] = 44;
        }
    if (scene == PaperScene::blurred_print)
        for (int pass = 0; pass < 2; ++pass) smear(paper, 7, false), smear(paper, 7, true);
    return paper;
}

void put_person(domain::Picture& room, const domain::Picture& picture, Area face, double middle_x,
                double face_height) {
    const double scale = face_height * room.height / face.height;
    // Head and chest: as wide as does not show a neighbour's face.
    const Area person{face.left + face.width / 2 - face.height * 0.8, face.top - face.height * 0.5,
                      face.height * 1.6, face.height * 2.2};
    const int width = static_cast<int>(person.width * scale),
              height = static_cast<int>(person.height * scale);
    const auto cut = scaled(picture, person, width, height);
    const int left = static_cast<int>(middle_x * room.width) - width / 2,
              top = room.height - height;
    for (int y = std::max(0, -top); y < height; ++y)
        for (int x = std::max(0, -left); x < width && left + x < room.width; ++x) {
            const double edge = std::min({x, width - 1 - x, y}) / (feather * width);
            const double share = std::clamp(edge, 0.0, 1.0);
            const auto* in = pixel(cut, x, y);
            auto* out = pixel(room, left + x, top + y);
            for (int c = 0; c < 3; ++c) out[c] = rounded(in[c] * share + out[c] * (1 - share));
        }
}

void put_sheet(domain::Picture& room, const domain::Picture& sheet, int left, int top) {
    for (int y = std::max(0, -top); y < sheet.height && top + y < room.height; ++y)
        for (int x = std::max(0, -left); x < sheet.width && left + x < room.width; ++x)
            std::copy_n(pixel(sheet, x, y), 3, pixel(room, left + x, top + y));
}

void darken(domain::Picture& picture, double factor) {
    for (auto& value : picture.rgb) value = rounded(value * factor);
}

base::Result<base::Bytes> chip_portrait(const domain::Picture& picture, Area face) {
    const double height = face.height * 1.45;
    const double width = height * chip_portrait_width / chip_portrait_height;
    const auto portrait = scaled(
        picture,
        {face.left + face.width / 2 - width / 2, face.top - face.height * 0.25, width, height},
        chip_portrait_width, chip_portrait_height);
    // The best quality that fits, by halving.
    base::Bytes best;
    for (float low = 0, high = 100; high - low > 1;) {
        const float middle = (low + high) / 2;
        auto bytes = webp(portrait, middle);
        const bool fits = !bytes.empty() && bytes.size() <= chip_webp_max;
        if (fits) best = std::move(bytes);
        (fits ? low : high) = middle;
    }
    if (!best.empty()) {
        best.resize(chip_photo_size, 0);
        return best;
    }
    return base::fail(base::FaultCode::EmulationFilesWrong, "portrait too rich for the chip");
}

}  // namespace drivers::emulation
