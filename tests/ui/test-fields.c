/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "../xml/schema-test.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-boot-order.h"
#include "machine/lodge-device-key.h"
#include "machine/lodge-device-page.h"
#include "machine/lodge-edits.h"
#include "machine/lodge-hardware-items.h"
#include "machine/lodge-list-editor.h"

/* Every field of every table through the row that a person has for it: each of its values is given, read back from the
 * definition, and taken back. A field without a row, or a row that cannot do it, is a failure of this test. */

static GtkApplication *application;

static const char base[] =
  "<domain type='kvm'>\n"
  "  <name>machine</name>\n"
  "  <memory unit='KiB'>1048576</memory>\n"
  "  <os>\n"
  "    <type arch='x86_64' machine='q35'>hvm</type>\n"
  "  </os>\n"
  "  <devices>\n"
  "  </devices>\n"
  "</domain>\n";

typedef struct
{
  GtkWindow       *window;
  LodgeDevicePage *page;
  LodgeEdits      *edits;        /* owned */
  guint            n_values;
} Fixture;

/* What is looked at: a row, and where its value is */
typedef struct
{
  Fixture           *fixture;
  const LodgeSchema *schema;
  const LodgeField  *field;
  LodgeXmlNode     (*find) (Fixture *fixture, const LodgeSchema *schema);
  GtkWidget         *row;
  char              *what;
} Target;

static LodgeXmlDocument *
get_document (Fixture *fixture)
{
  return lodge_edits_get_document (fixture->edits);
}

static char *
read_value (Target *target)
{
  return lodge_field_get (target->field, get_document (target->fixture), target->find (target->fixture, target->schema));
}

/* What is taken anyway is as well not said */
static gboolean
is_default_word (Target     *target,
                 const char *value)
{
  return target->field->fallback != NULL && g_strcmp0 (target->field->fallback, value) == 0;
}

static void
assert_value (Target     *target,
              const char *expected)
{
  g_autofree char *value = read_value (target);

  if (g_strcmp0 (value, expected) != 0 && !(value == NULL && is_default_word (target, expected))
      && !(expected == NULL && is_default_word (target, value)))
    g_error ("%s: “%s” was given, “%s” is in\n%s", target->what, expected, value,
             lodge_xml_document_get_text (get_document (target->fixture)));
  target->fixture->n_values++;
}

/* Each position of the list, and with that each value that the table has */
static void
drive_choice (Target *target)
{
  AdwComboRow *row = ADW_COMBO_ROW (target->row);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint n = g_list_model_get_n_items (adw_combo_row_get_model (row));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = NULL;

      /* From another one, so that it is a change */
      if (adw_combo_row_get_selected (row) == i)
        adw_combo_row_set_selected (row, (i + 1) % n);
      adw_combo_row_set_selected (row, i);
      g_assert_cmpuint (adw_combo_row_get_selected (row), ==, i);
      value = read_value (target);
      target->fixture->n_values++;
      if (value != NULL)
        g_hash_table_add (seen, g_steal_pointer (&value));
    }
  for (const LodgeFieldChoice *choice = target->field->choices; choice != NULL && choice->value != NULL; choice++)
    {
      if (!g_hash_table_contains (seen, choice->value) && !is_default_word (target, choice->value))
        g_error ("%s: nothing in the row gives “%s”", target->what, choice->value);
    }
}

static void
drive_switch (Target *target)
{
  AdwSwitchRow *row = ADW_SWITCH_ROW (target->row);
  const char *on = target->field->type == LODGE_FIELD_ON_OFF ? "on" : "yes";
  const char *off = target->field->type == LODGE_FIELD_PRESENCE ? NULL
                    : target->field->type == LODGE_FIELD_ON_OFF ? "off" : "no";

  for (guint i = 0; i < 3; i++)
    {
      const gboolean active = !adw_switch_row_get_active (row);
      const char *given = active ? on : off;
      g_autofree char *value = NULL;

      adw_switch_row_set_active (row, active);
      value = read_value (target);
      if (g_strcmp0 (value, given) != 0 && !(value == NULL && is_default_word (target, given)))
        g_error ("%s: switched to %s, it is “%s”", target->what, given, value);
      target->fixture->n_values++;
    }
}

static void
drive_number (Target *target)
{
  GtkSpinButton *spin = lodge_test_find_descendant (target->row, GTK_TYPE_SPIN_BUTTON, NULL);
  g_autoptr(GPtrArray) samples = schema_test_samples (target->field);
  double lower;

  gtk_spin_button_get_range (spin, &lower, NULL);
  for (guint i = 0; i < samples->len; i++)
    {
      const char *sample = g_ptr_array_index (samples, i);
      const double number = g_str_has_prefix (sample, "0x") ? (double) g_ascii_strtoull (sample, NULL, 16)
                                                            : g_ascii_strtod (sample, NULL);

      if (gtk_spin_button_get_value (spin) == number)
        gtk_spin_button_set_value (spin, number == lower ? number + 1 : lower);
      gtk_spin_button_set_value (spin, number);
      assert_value (target, sample);
    }
}

static void
drive_text (Target *target)
{
  g_autoptr(GPtrArray) samples = schema_test_samples (target->field);

  for (guint i = 0; i < samples->len; i++)
    {
      const char *sample = g_ptr_array_index (samples, i);

      gtk_editable_set_text (GTK_EDITABLE (target->row), "");
      gtk_editable_set_text (GTK_EDITABLE (target->row), sample);
      assert_value (target, sample);
    }
  if ((target->field->flags & LODGE_FIELD_REQUIRED) == 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (target->row), "");
      assert_value (target, NULL);
    }
}

static void
drive (Target *target)
{
  if (ADW_IS_COMBO_ROW (target->row))
    drive_choice (target);
  else if (ADW_IS_SWITCH_ROW (target->row))
    drive_switch (target);
  else if (ADW_IS_ENTRY_ROW (target->row))
    drive_text (target);
  else
    drive_number (target);
  if (gtk_widget_has_css_class (target->row, "error"))
    g_error ("%s: the row has an error", target->what);
}

/* A definition with what a table needs, shown on its page */
static void
load (Fixture           *fixture,
      const char        *text,
      const LodgeSchema *schema)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;

  g_clear_object (&fixture->edits);
  fixture->edits = lodge_edits_new_for_text (text, &error);
  g_assert_no_error (error);
  id = lodge_hardware_is_device_schema (schema)
       ? lodge_device_key_of (get_document (fixture),
                              lodge_xml_document_find (get_document (fixture),
                                                       lodge_xml_document_get_root (get_document (fixture)),
                                                       schema->path))
       : g_strdup (schema->id);
  lodge_device_page_show (fixture->page, fixture->edits, id);
}

static LodgeXmlNode
find_page_node (Fixture           *fixture,
                const LodgeSchema *schema)
{
  LodgeXmlDocument *document = get_document (fixture);

  return lodge_schema_find_node (schema, document, lodge_xml_document_get_root (document), 0);
}

/* (transfer full): @base with the element of a device, and with what the field needs of the others */
static char *
prepare (const LodgeSchema *schema,
         const LodgeField  *field)
{
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (base, -1, NULL);
  LodgeXmlNode node = lodge_xml_document_get_root (document);
  g_autoptr(GError) error = NULL;

  if (*schema->path != '\0')
    node = lodge_schema_add (schema, document, node, &error);
  g_assert_no_error (error);
  if (field != NULL && !schema_test_prepare (schema, field, document, node))
    g_error ("%s: %s cannot be had", schema->id, field->id);
  return g_strdup (lodge_xml_document_get_text (document));
}

static void
test_rows (gconstpointer data)
{
  const LodgeSchema *schema = data;
  Fixture fixture = { 0 };

  fixture.window = GTK_WINDOW (gtk_application_window_new (application));
  fixture.page = LODGE_DEVICE_PAGE (lodge_device_page_new ());
  gtk_window_set_child (fixture.window, GTK_WIDGET (fixture.page));
  gtk_window_present (fixture.window);
  for (gsize i = 0; i < schema->n_fields; i++)
    {
      const LodgeField *field = &schema->fields[i];
      g_autofree char *text = prepare (schema, field);
      g_autofree char *what = g_strdup_printf ("%s, %s", schema->id, field->id);
      Target target = { &fixture, schema, field, find_page_node, NULL, what };

      load (&fixture, text, schema);
      lodge_device_page_reveal (fixture.page, field->id);
      target.row = lodge_device_page_get_row (fixture.page, field->id);
      if (target.row == NULL)
        g_error ("%s has no row", what);
      drive (&target);
      /* Discard gives back every byte */
      lodge_edits_discard (fixture.edits);
      g_assert_cmpstr (lodge_xml_document_get_text (get_document (&fixture)), ==, text);
    }
  g_test_message ("%s: %u values", schema->id, fixture.n_values);
  gtk_window_destroy (fixture.window);
  g_clear_object (&fixture.edits);
  lodge_test_settle ();
}

/* Lists: what is added has rows too, and lists of its own */

static LodgeXmlNode
find_item_node (Fixture           *fixture,
                const LodgeSchema *schema)
{
  LodgeXmlDocument *document = get_document (fixture);
  const LodgeSchema * const *chain = g_object_get_data (G_OBJECT (fixture->page), "lodge-chain");
  LodgeXmlNode node = lodge_xml_document_get_root (document);

  for (; *chain != NULL; chain++)
    node = lodge_schema_find_node (*chain, document, node, 0);
  return node;
}

static void
drive_list (Fixture           *fixture,
            LodgeListEditor   *editor,
            GPtrArray         *chain)
{
  const LodgeSchema *schema = lodge_list_editor_get_schema (editor);
  g_autofree char *blank = NULL;

  g_ptr_array_insert (chain, chain->len - 1, (gpointer) schema);
  g_object_set_data (G_OBJECT (fixture->page), "lodge-chain", chain->pdata);
  /* (What a new thing comes with) */
  while (lodge_list_editor_get_n_items (editor) > 0)
    lodge_list_editor_remove (editor, 0);
  lodge_list_editor_add (editor);
  g_assert_cmpuint (lodge_list_editor_get_n_items (editor), ==, 1);
  blank = g_strdup (lodge_xml_document_get_text (get_document (fixture)));
  for (gsize i = 0; i < schema->n_fields; i++)
    {
      const LodgeField *field = &schema->fields[i];
      g_autofree char *what = g_strdup_printf ("%s, %s", schema->id, field->id);
      Target target = { fixture, schema, field, find_item_node, lodge_list_editor_get_row (editor, 0, field->id), what };

      if (target.row == NULL)
        g_error ("%s has no row", what);
      g_assert_true (lodge_xml_document_set_text (get_document (fixture), blank, NULL));
      if (!schema_test_prepare (schema, field, get_document (fixture), find_item_node (fixture, schema)))
        g_error ("%s cannot be had", what);
      lodge_edits_touch (fixture->edits);
      lodge_list_editor_show (editor, fixture->edits, g_object_get_data (G_OBJECT (fixture->page), "lodge-id"));
      drive (&target);
    }
  for (const LodgeSchema * const *list = schema->lists; list != NULL && *list != NULL; list++)
    drive_list (fixture, lodge_list_editor_get_list (editor, 0, (*list)->id), chain);

  /* Two change places, and go; undone, it is as before */
  if (schema->many)
    {
      g_autofree char *before = NULL;

      lodge_list_editor_add (editor);
      before = g_strdup (lodge_xml_document_get_text (get_document (fixture)));
      lodge_list_editor_move (editor, 1, -1);
      lodge_list_editor_move (editor, 0, 1);
      g_assert_cmpstr (lodge_xml_document_get_text (get_document (fixture)), ==, before);
      lodge_list_editor_remove (editor, 1);
    }
  lodge_list_editor_remove (editor, 0);
  g_assert_cmpuint (lodge_list_editor_get_n_items (editor), ==, 0);
  g_ptr_array_remove_index (chain, chain->len - 2);
  g_object_set_data (G_OBJECT (fixture->page), "lodge-chain", chain->pdata);
}

static void
touched_cb (Fixture *fixture)
{
  lodge_device_page_show (fixture->page, fixture->edits, g_object_get_data (G_OBJECT (fixture->page), "lodge-id"));
}

static void
test_lists (gconstpointer data)
{
  const LodgeSchema *schema = data;
  const LodgeSchema *itself[] = { schema, NULL };
  const gboolean list_page = lodge_hardware_is_list_schema (schema);
  Fixture fixture = { 0 };

  fixture.window = GTK_WINDOW (gtk_application_window_new (application));
  fixture.page = LODGE_DEVICE_PAGE (lodge_device_page_new ());
  gtk_window_set_child (fixture.window, GTK_WIDGET (fixture.page));
  gtk_window_present (fixture.window);
  for (const LodgeSchema * const *list = list_page ? itself : schema->lists; *list != NULL; list++)
    {
      g_autofree char *text = list_page ? g_strdup (base) : prepare (schema, NULL);
      g_autoptr(GPtrArray) chain = g_ptr_array_new ();
      g_autofree char *id = NULL;

      load (&fixture, text, schema);
      id = lodge_hardware_is_device_schema (schema)
           ? lodge_device_key_of (get_document (&fixture), find_page_node (&fixture, schema)) : g_strdup (schema->id);
      g_object_set_data_full (G_OBJECT (fixture.page), "lodge-id", g_steal_pointer (&id), g_free);
      g_signal_connect_swapped (fixture.edits, "changed", G_CALLBACK (touched_cb), &fixture);
      if (!list_page && *schema->path != '\0')
        g_ptr_array_add (chain, (gpointer) schema);
      g_ptr_array_add (chain, NULL);
      drive_list (&fixture, lodge_device_page_get_list (fixture.page, (*list)->id), chain);
    }
  gtk_window_destroy (fixture.window);
  g_clear_object (&fixture.edits);
  lodge_test_settle ();
}

/* The boot order, from the older form of it */
static void
test_boot_order (void)
{
  static const char text[] =
    "<domain type='kvm'><os><type>hvm</type><boot dev='network'/><boot dev='hd'/></os><devices>"
    "<disk device='disk'><target dev='vda'/></disk><disk device='cdrom'><target dev='sda'/></disk>"
    "<interface type='user'><mac address='52:54:00:00:00:01'/></interface><input type='tablet'/></devices></domain>";
  Fixture fixture = { 0 };
  LodgeBootOrder *order;
  GtkWidget *check;
  gboolean handled = FALSE;
  g_autoptr(GListModel) controllers = NULL;

  fixture.window = GTK_WINDOW (gtk_application_window_new (application));
  fixture.page = LODGE_DEVICE_PAGE (lodge_device_page_new ());
  gtk_window_set_child (fixture.window, GTK_WIDGET (fixture.page));
  gtk_window_present (fixture.window);
  load (&fixture, text, lodge_schema_find ("boot"));
  g_object_set_data_full (G_OBJECT (fixture.page), "lodge-id", g_strdup ("boot"), g_free);
  g_signal_connect_swapped (fixture.edits, "changed", G_CALLBACK (touched_cb), &fixture);
  order = lodge_test_find_descendant (fixture.page, LODGE_TYPE_BOOT_ORDER, NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (order)));
  g_assert_cmpuint (lodge_boot_order_get_n (order), ==, 3);
  g_assert_cmpstr (lodge_boot_order_get_id (order, 0), ==, "interface|52:54:00:00:00:01");
  g_assert_cmpstr (lodge_boot_order_get_id (order, 1), ==, "disk|vda");
  g_assert_true (lodge_boot_order_get_tried (order, 1));
  g_assert_false (lodge_boot_order_get_tried (order, 2));

  /* By keyboard: the disk before the network */
  controllers = gtk_widget_observe_controllers (lodge_test_find_descendant (order, ADW_TYPE_ACTION_ROW, "Disk 1"));
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Up, 0, GDK_ALT_MASK, &handled);
    }
  g_assert_true (handled);
  g_assert_cmpstr (lodge_boot_order_get_id (order, 0), ==, "disk|vda");
  g_assert_null (strstr (lodge_xml_document_get_text (get_document (&fixture)), "<boot dev"));
  g_assert_nonnull (strstr (lodge_xml_document_get_text (get_document (&fixture)), "<target dev='vda'/><boot order='1'/>"));
  g_assert_nonnull (strstr (lodge_xml_document_get_text (get_document (&fixture)),
                            "<mac address='52:54:00:00:00:01'/><boot order='2'/>"));
  g_assert_true (lodge_edits_undo (fixture.edits));
  g_assert_cmpstr (lodge_xml_document_get_text (get_document (&fixture)), ==, text);

  /* The disc is tried too, last; and then in the middle */
  check = lodge_test_find_descendant (lodge_test_find_descendant (order, ADW_TYPE_ACTION_ROW, "CD-ROM 1"),
                                      GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (lodge_boot_order_get_tried (order, 2));
  g_assert_nonnull (strstr (lodge_xml_document_get_text (get_document (&fixture)), "<target dev='sda'/><boot order='3'/>"));
  lodge_boot_order_move (order, 2, 1);
  g_assert_cmpstr (lodge_boot_order_get_id (order, 1), ==, "disk|sda");
  g_assert_nonnull (strstr (lodge_xml_document_get_text (get_document (&fixture)), "<target dev='sda'/><boot order='2'/>"));
  /* Not tried any more: nothing of it is left */
  lodge_boot_order_set_tried (order, 1, FALSE);
  g_assert_cmpstr (lodge_boot_order_get_id (order, 2), ==, "disk|sda");
  g_assert_nonnull (strstr (lodge_xml_document_get_text (get_document (&fixture)), "<target dev='sda'/></disk>"));
  gtk_window_destroy (fixture.window);
  g_clear_object (&fixture.edits);
  lodge_test_settle ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  application = GTK_APPLICATION (lodge_application_new (APPLICATION_ID ".Fields", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  for (const LodgeSchema * const *schema = lodge_schema_get_all (); *schema != NULL; schema++)
    {
      g_autofree char *rows = g_strdup_printf ("/fields/rows/%s", (*schema)->id);
      g_autofree char *lists = g_strdup_printf ("/fields/lists/%s", (*schema)->id);

      if (!lodge_hardware_is_list_schema (*schema))
        g_test_add_data_func (rows, *schema, test_rows);
      if (lodge_hardware_is_list_schema (*schema) || (*schema)->lists != NULL)
        g_test_add_data_func (lists, *schema, test_lists);
    }
  g_test_add_func ("/fields/boot-order", test_boot_order);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
