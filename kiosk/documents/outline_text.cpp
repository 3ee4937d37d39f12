#include "documents/outline_text.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <vector>

namespace documents {

namespace {

const cairo_user_data_key_t wrapped_face_key{};

// Outlines are taken at this size, for the font library rounds them to its own fine grid.
constexpr double outline_size = 2048;

cairo_status_t draw_outline(cairo_scaled_font_t* font, unsigned long glyph, cairo_t* cairo,
                            cairo_text_extents_t* extents) {
    auto* face = static_cast<cairo_font_face_t*>(
        cairo_font_face_get_user_data(cairo_scaled_font_get_font_face(font), &wrapped_face_key));
    cairo_font_options_t* exact = cairo_font_options_create();
    cairo_font_options_set_hint_style(exact, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(exact, CAIRO_HINT_METRICS_OFF);
    cairo_scale(cairo, 1 / outline_size, 1 / outline_size);
    cairo_set_font_options(cairo, exact);
    cairo_font_options_destroy(exact);
    cairo_set_font_face(cairo, face);
    cairo_set_font_size(cairo, outline_size);
    const cairo_glyph_t at_origin{glyph, 0, 0};
    cairo_text_extents_t taken;
    cairo_glyph_extents(cairo, &at_origin, 1, &taken);
    extents->x_advance = taken.x_advance / outline_size;
    cairo_glyph_path(cairo, &at_origin, 1);
    cairo_fill(cairo);
    return CAIRO_STATUS_SUCCESS;
}

bool has_unknown_glyph(const PangoGlyphString& glyphs) {
    for (int i = 0; i < glyphs.num_glyphs; ++i)
        if ((glyphs.glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 &&
            glyphs.glyphs[i].glyph != PANGO_GLYPH_EMPTY)
            return true;
    return false;
}

double in_units(int pango) {
    return static_cast<double>(pango) / PANGO_SCALE;
}

}  // namespace

OutlineText::~OutlineText() {
    for (auto& [face, wrapper] : faces_) {
        cairo_font_face_destroy(wrapper);
        cairo_font_face_destroy(face);
    }
}

cairo_font_face_t* OutlineText::wrapped(cairo_font_face_t* face) {
    auto& wrapper = faces_[face];
    if (wrapper == nullptr) {
        wrapper = cairo_user_font_face_create();
        cairo_user_font_face_set_render_glyph_func(wrapper, draw_outline);
        cairo_font_face_set_user_data(wrapper, &wrapped_face_key, cairo_font_face_reference(face),
                                      nullptr);
    }
    return wrapper;
}

void OutlineText::show(cairo_t* cairo, const PangoLayoutLine* line, const char* text, double x,
                       double baseline) {
    for (GSList* each = line->runs; each != nullptr; each = each->next) {
        auto* run = static_cast<PangoGlyphItem*>(each->data);
        const double run_x = x;
        x += in_units(pango_glyph_string_get_width(run->glyphs));
        auto* font = reinterpret_cast<PangoCairoFont*>(run->item->analysis.font);
        cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(font);
        if (scaled == nullptr || has_unknown_glyph(*run->glyphs)) {
            // No font has the character: pango draws its number in a box.
            cairo_move_to(cairo, run_x, baseline);
            pango_cairo_show_glyph_item(cairo, text, run);
            continue;
        }
        std::vector<cairo_glyph_t> glyphs;
        std::vector<cairo_text_cluster_t> clusters;
        double glyph_x = run_x;
        PangoGlyphItemIter cluster;
        for (gboolean more = pango_glyph_item_iter_init_start(&cluster, run, text); more != FALSE;
             more = pango_glyph_item_iter_next_cluster(&cluster)) {
            int count = 0;
            for (int i = cluster.start_glyph; i < cluster.end_glyph; ++i) {
                const PangoGlyphInfo& info = run->glyphs->glyphs[i];
                if (info.glyph != PANGO_GLYPH_EMPTY) {
                    glyphs.push_back({info.glyph, glyph_x + in_units(info.geometry.x_offset),
                                      baseline + in_units(info.geometry.y_offset)});
                    ++count;
                }
                glyph_x += in_units(info.geometry.width);
            }
            clusters.push_back({cluster.end_index - cluster.start_index, count});
        }
        cairo_matrix_t size;
        cairo_scaled_font_get_font_matrix(scaled, &size);
        cairo_set_font_face(cairo, wrapped(cairo_scaled_font_get_font_face(scaled)));
        cairo_set_font_matrix(cairo, &size);
        cairo_show_text_glyphs(cairo, text + run->item->offset, run->item->length, glyphs.data(),
                               static_cast<int>(glyphs.size()), clusters.data(),
                               static_cast<int>(clusters.size()), cairo_text_cluster_flags_t{});
    }
}

}  // namespace documents
